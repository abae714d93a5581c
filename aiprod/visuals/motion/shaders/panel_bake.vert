// A panel of a room, drawn flat into its place in the atlas.
in vec3 position;
in vec3 normal;
in vec2 along;                  // metres across and up the panel
in vec2 size;                   // the whole panel's metres
in vec2 spot;                   // place in the atlas, 0..1
in vec3 tone;
in vec3 other;
in vec4 detail;                 // two numbers that the kind reads, the seed, 1 where the outline is smoothed
out vec3 place;
out vec2 metres;
out vec2 lightmap;
flat out vec3 facing, first, second;
flat out vec2 whole;
flat out vec4 extra;
void main() {
    place = position; metres = along; lightmap = spot; facing = normal; first = tone; second = other; whole = size; extra = detail;
    gl_Position = vec4(spot * 2. - 1., 0., 1.);
}
