in vec2 uv;
in vec3 place;
in vec3 upward;
out vec4 colour;
uniform sampler2D picture;
uniform vec4 tint;
void main() { colour = texture(picture, uv) * tint; }
