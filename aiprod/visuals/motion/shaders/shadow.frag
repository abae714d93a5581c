in vec2 at;
out vec4 colour;
uniform float strength;
void main() {
    float r = dot(at, at), a = (exp(-r * 3.2) - .04) * strength;
    colour = vec4(0., 0., 0., clamp(a, 0., 1.));
}
