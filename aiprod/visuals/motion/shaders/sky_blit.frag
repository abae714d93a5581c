// Shows the sky that was drawn for an earlier lens through the present one, so that it follows pans between drawings.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture;
uniform vec4 remap;             // scale xy, offset xy in -1..1
void main() { colour = vec4(texture(picture, ((uv * 2. - 1.) * remap.xy + remap.zw) * .5 + .5).rgb, 1.); }
