// A round window: the presenter's light as a picture, before a ground of the accent, in a ring.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;      // premultiplied square roots of light, rows from the foot
uniform vec3 accent;
uniform float opacity, softness;
void main() {
    vec2 off = uv * 2. - 1.;
    float away = length(off);
    float inside = clamp((1. - away) / softness + .5, 0., 1.);
    if (inside <= 0.) discard;
    vec4 t = texture(picture, vec2(uv.x, 1. - uv.y));
    vec3 c = t.rgb / max(t.a, .01);
    c = c * c * 2.;
    c = sqrt(clamp((c * (2.51 * c + .03)) / (c * (2.43 * c + .59) + .14), 0., 1.));
    vec3 ground = mix(accent * .62 + .10, accent * .20 + vec3(.02, .03, .06), clamp(uv.y * .75 + length(off - vec2(0., -.2)) * .35, 0., 1.));
    c = mix(ground, c, t.a);
    float ring = clamp((away - .945) / softness + .5, 0., 1.);
    c = mix(c, mix(accent, vec3(1.), .25), ring);
    colour = vec4(c, 1.) * inside * opacity;
}
