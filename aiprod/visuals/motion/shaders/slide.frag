// Shows part of a larger picture, as far as the lens has shifted and zoomed; its alpha is kept.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;
uniform vec4 remap;             // scale xy, offset xy in -1..1
void main() { colour = texture(picture, ((uv * 2. - 1.) * remap.xy + remap.zw) * .5 + .5); }
