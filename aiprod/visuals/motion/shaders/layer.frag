in vec2 uv;
in vec3 mist_at;
in vec3 mist_colour;
out vec4 colour;
uniform sampler2D picture;
uniform vec4 tint;
#ifdef MIST
uniform sampler2D wisps;
#endif
void main() {
    vec4 t = texture(picture, uv) * tint;
#ifdef MIST
    float a = min(texture(wisps, mist_at.xy).r * mist_at.z, .94);
    colour = vec4(mix(t.rgb, mist_colour * t.a, a * .72) + mist_colour * (a * (1. - t.a)), t.a + a * (1. - t.a));
#else
    colour = t;
#endif
}
