// A stretch of a globe whose radius is 1.
in vec3 place;
in vec2 texture_place;
out vec2 uv;
out vec3 surface;
uniform vec3 eye, right, up, forward;
uniform vec3 lens;              // focal length, aspect, shift up
void main() {
    uv = texture_place;
    surface = place;
    vec3 away = surface - eye;
    float deep = dot(away, forward);
    gl_Position = vec4(lens.x * dot(away, right) / lens.y, lens.x * dot(away, up) + lens.z * deep, 0., deep);
}
