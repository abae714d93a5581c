in vec2 away;
out vec4 colour;
uniform vec3 tone;
uniform float opacity, half_width;
void main() {
    float a = clamp(half_width + .5 - abs(away.x), 0., 1.) * clamp(away.y, 0., 1.) * opacity;
    colour = vec4(tone * a, a);
}
