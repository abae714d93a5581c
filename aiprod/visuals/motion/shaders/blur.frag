// Nine taps of a Gaussian in five reads.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;
uniform vec2 along;
void main() {
    colour = texture(picture, uv) * .227
           + (texture(picture, uv + along * 1.385) + texture(picture, uv - along * 1.385)) * .3162
           + (texture(picture, uv + along * 3.23) + texture(picture, uv - along * 3.23)) * .0703;
}
