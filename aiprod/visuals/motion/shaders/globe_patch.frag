// The Earth's painted surface: lit countries in the accent, light from the upper left, air towards the rim, shadows of clouds.
in vec2 uv;
in vec3 surface;
out vec4 colour;
uniform sampler2D picture, grain;
uniform vec3 eye, sun, accent, air;
uniform float reveal, edge, seconds, clouds, pulse;
vec3 encode(vec3 c) { return sqrt(clamp(c * .5, 0., 1.)); }
void main() {
    vec3 towards = normalize(eye - surface);
    float facing = dot(surface, towards);
    if (facing < 0.) discard;
    vec4 t = texture(picture, uv);
    vec3 c = t.rgb * t.rgb * (t.rgb * .305 + .695);
    float fill = min(t.a / .41, 1.), border = clamp((t.a - .43) / .57, 0., 1.);
    float sheen = .5 + .5 * sin(pulse + surface.z * 18. + surface.x * 9.);
    c = mix(c, accent * (.30 + .9 * dot(c, vec3(.4, .5, .1))) , fill * reveal * .62);
    c += accent * border * reveal * (1.0 + .35 * sheen);
    float light = clamp(dot(surface, sun) * .75 + .42, 0., 1.15);
    c *= light;
    vec2 drift = surface.xy * 1.7 + vec2(surface.z * 1.3, 0.);
    float cloud = texture(grain, drift * .55 + vec2(seconds * .0016, 0.)).r * .65 + texture(grain, drift * 1.9 + vec2(seconds * .0031, .2)).g * .35;
    c *= 1. - clouds * smoothstep(.54, .72, cloud);
    float rim = pow(1. - facing, 3.);
    c = mix(c, air * light, clamp(rim * 1.15, 0., .92));
    vec2 inside = min(uv, 1. - uv) / max(edge, 1e-4);
    float a = edge > 0. ? clamp(min(inside.x, inside.y), 0., 1.) : 1.;
    colour = vec4(encode(c) * a, a);
}
