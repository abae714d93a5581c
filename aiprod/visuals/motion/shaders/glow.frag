in vec2 at;
in vec3 shine;
out vec4 colour;
void main() {
    float r = dot(at, at), a = max(exp(-r * 4.) - .018, 0.), core = exp(-r * 60.);
    colour = vec4(sqrt(max(shine, 0.) * .5) * (a * .55 + core), a * .06);
}
