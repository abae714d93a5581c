// A strip over the finished picture, in pixels from its upper left corner.
in vec2 position;
in vec2 side;                   // pixels from the strip's middle; 1 where it is on the side of the globe that is seen
out vec2 away;
uniform vec2 size;
void main() {
    away = side;
    gl_Position = vec4(position / size * 2. - 1., 0., 1.);
}
