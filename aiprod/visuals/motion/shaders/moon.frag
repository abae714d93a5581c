// The moon: seas and rays from noise, a soft terminator, a halo.
in vec2 at;
out vec4 colour;
uniform sampler2D grain;
uniform float phase, strength;
void main() {
    float r = length(at);
    float halo = exp(-max(r - 1., 0.) * 2.2) * .16 * strength * smoothstep(2.6, 1.8, r);
    float seas = texture(grain, at * .075 + .41).r * .65 + texture(grain, at * .21 + .1).g * .35;
    vec3 n = vec3(at, sqrt(max(1. - r * r, 0.)));
    float lit = smoothstep(-.08, .25, dot(n, normalize(vec3(cos(phase), .22, sin(phase)))));
    vec3 c = vec3(1.32, 1.27, 1.12) * (.52 + .62 * smoothstep(.40, .58, seas)) * (.04 + .96 * lit) * (.75 + .25 * n.z) * .62;
    float disc = smoothstep(1.03, .97, r);
    vec3 shown = mix(vec3(.75, .85, 1.1) * halo, c, disc * (.25 + .75 * lit));
    colour = vec4(sqrt(clamp(shown * .5, 0., 1.)) * (disc > 0. ? 1. : sqrt(halo)), disc * (.35 + .65 * lit));
}
