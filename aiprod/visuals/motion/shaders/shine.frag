// Adds up what glows: narrow bloom, wide bloom and shafts.
in vec2 uv;
out vec4 colour;
uniform sampler2D narrow, wide, shafts;
uniform float bloom, shaft_strength;
uniform vec3 shaft_tone;
void main() {
    vec3 c = texture(narrow, uv).rgb * bloom * .55 + texture(wide, uv).rgb * bloom * .8 + texture(shafts, uv).rgb * shaft_strength * shaft_tone;
    colour = vec4(sqrt(clamp(c * .5, 0., 1.)), 1.);
}
