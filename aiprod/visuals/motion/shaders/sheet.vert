// A rectangle of the picture, in pixels from its upper left corner; the picture's rows run from the top.
in vec2 corner;                 // 0..1
out vec2 uv;
uniform vec4 place;             // left, top, width, height
uniform vec2 size;              // of the picture
void main() {
    uv = corner;
    gl_Position = vec4((place.xy + corner * place.zw) / size * 2. - 1., 0., 1.);
}
