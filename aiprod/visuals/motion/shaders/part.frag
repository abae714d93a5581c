// Shows a part that is already lit: darker towards the ground, and some air before it.
in vec2 uv;
in float high;                  // above the ground, in its own heights
in float above;                 // metres above what hides it
in vec4 air;                    // its colour and how much of it lies between, on the scale of the target
out vec4 colour;
uniform sampler2D picture;
uniform vec3 multiply;
uniform float opacity;
void main() {
    if (above < 0.) discard;
    vec4 t = texture(picture, uv) * opacity;
    float h = clamp(high, 0., 1.);
    vec3 c = t.rgb * (.775 + .225 * h * h * (3. - 2. * h));     // about the root of 0.6 to 1 of the light
    colour = vec4((c + (air.rgb * t.a - c) * air.a) * multiply, t.a);
}
