in vec2 uv;
out vec4 colour;
uniform sampler2D picture;      // premultiplied
uniform float opacity;
void main() { colour = texture(picture, uv) * opacity; }
