// A calm ground for a chart: the small blurred picture, dim and a little blue, over the sharp one.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;
uniform float strength;
void main() {
    vec3 c = texture(picture, uv).rgb;
    float light = dot(c, vec3(.3, .6, .1));
    c = mix(c, vec3(light), .08) * (.56 - .26 * light) + vec3(.010, .014, .028);
    colour = vec4(c, 1.) * strength;
}
