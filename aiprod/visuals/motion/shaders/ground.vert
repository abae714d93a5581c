// The ground's mesh: drawn flat into its own texture when it is baked, in the world afterwards.
#include "frame.glsl"
in vec3 position;
in vec3 normal;
in vec2 texcoord;
out vec3 place;
out vec3 upward;
out vec2 uv;
void main() {
    place = position; upward = normal; uv = texcoord;
#ifdef BAKE
    gl_Position = vec4(texcoord * 2. - 1., 0., 1.);
#else
    gl_Position = project(position);
#endif
}
