// Hundreds of small quads whose places follow from their seeds and the time alone: nothing is simulated.
#include "frame.glsl"
in vec2 corner;
in vec4 seed;
out vec2 at;                    // -1..1 in the quad
out vec4 own;                   // strength, two seeds, age
uniform vec2 depth;             // nearest and farthest metre from the eye
uniform vec2 heights;           // lowest and highest metre
uniform vec2 size;              // smallest and largest, metres
uniform vec3 origin;            // where a source stands
uniform vec3 wind;              // metres a second
uniform vec4 burst;             // source: width, rise, speed, spread
uniform float pace;

vec3 around(float x, float y, float z, float stray) {
    float span = (z * frame.lens.w / frame.lens.x) * 1.25 + .4 + stray;
    float t = frame.eye.w * pace;
    float u = fract(x + (wind.x * t - frame.eye.x) / (2. * span));
    return vec3(frame.eye.x + (u * 2. - 1.) * span, mix(heights.x, heights.y, y), frame.eye.z + z);
}

void main() {
    float t = frame.eye.w * pace, strength = 1., turn = 0., age = 0.;
    float s = mix(size.x, size.y, seed.w * seed.w), z = mix(depth.x, depth.y, seed.z);
    float tall = heights.y - heights.x;
    vec2 stretch = vec2(1.);
    vec3 p;
#if defined(RAIN)
    float fall = (10. + 4. * seed.w) / tall;
    p = around(seed.x, 1. - fract(seed.y + t * fall), z, 1.);
    stretch = vec2(.028, 1.);
    turn = -atan(wind.x, 10.);
    s = size.x * (.6 + .8 * seed.w);
    strength = .4 + .6 * seed.w;
#elif defined(SNOW)
    float fall = (.7 + .7 * seed.w) / tall;
    p = around(seed.x, 1. - fract(seed.y + t * fall), z, .5);
    p.x += sin(t * .8 + seed.w * 30.) * .22 + sin(t * .3 + seed.x * 20.) * .3;
#elif defined(LEAVES)
    float fall = (.55 + .5 * seed.w) / tall;
    p = around(seed.x, 1. - fract(seed.y + t * fall), z, .5);
    p.x += sin(t * 1.3 + seed.w * 30.) * .35;
    p.y += sin(t * 2.6 + seed.w * 60.) * .06;
    turn = t * (seed.x - .5) * 5. + seed.w * 6.28;
    stretch = vec2(1., .28 + .55 * abs(sin(t * (1.2 + seed.y) + seed.z * 40.)));
#elif defined(RISE)
    float rise = (.35 + .5 * seed.w) / tall;
    p = around(seed.x, fract(seed.y + t * rise), z, .5);
    p.x += sin(t * 1.7 + seed.w * 40.) * .08;
    strength = smoothstep(0., .1, fract(seed.y + t * rise)) * smoothstep(1., .8, fract(seed.y + t * rise));
#elif defined(EMBERS)
    float life = 2.5 + 3. * seed.w;
    age = fract(t / life + seed.y);
    p = origin + vec3((seed.x - .5) * burst.x * (1. + age * 3.) + sin(age * 7. + seed.w * 30.) * .5 * burst.w + age * wind.x * life,
                      age * burst.y * (.5 + seed.w), (seed.z - .5) * burst.x);
    strength = (1. - age) * smoothstep(0., .1, age) * (.55 + .45 * sin(t * 9. + seed.x * 90.));
#elif defined(FOUNTAIN)
    float life = 1.6 + 1.6 * seed.w;
    age = fract(t / life + seed.y);
    float flown = age * life, angle = seed.x * 6.2831, speed = burst.z * (.35 + .65 * seed.z);
    vec3 v = vec3(cos(angle) * speed * .38, speed, sin(angle) * speed * .2);
    p = origin + v * flown - vec3(0., .5 * burst.w * flown * flown, 0.);
    v.y -= burst.w * flown;
    strength = 1. - age * .8;
    turn = atan(-v.x, v.y);
    stretch = vec2(.55, 1. + .10 * length(v));
#elif defined(SMOKE)
    age = fract(t / 9. + seed.y);
    p = origin + vec3((seed.x - .5) * burst.x * (.35 + age * 3.2) + age * age * burst.w + sin(age * 5. + seed.w * 20.) * .25 * burst.x * age,
                      age * burst.y * (.75 + .4 * seed.w), (seed.z - .5) * burst.x);
    s = mix(size.x, size.y, pow(age, .7)) * (.7 + .6 * seed.w);
    strength = smoothstep(0., .06, age) * (1. - smoothstep(.65, 1., age));
    turn = seed.w * 6.28 + t * (seed.x - .5) * .4;
#elif defined(FLIES)
    p = around(seed.x, seed.y * seed.y, z, .4);
    p += vec3(sin(t * .9 + seed.w * 40.) * .4 + sin(t * 2.1 + seed.x * 30.) * .12, sin(t * 1.1 + seed.x * 50.) * .22, 0.);
    strength = pow(max(sin(t * (1.1 + seed.x) + seed.y * 60.), 0.), 3.);
#elif defined(STREAKS)
    p = around(seed.x, seed.y, z, 2.);
    p.y += sin(t * 3. + seed.w * 30.) * .05;
    stretch = vec2(1., .06);
    strength = .3 + .7 * seed.w;
#elif defined(BIRDS)
    float span = z * frame.lens.w / frame.lens.x * 1.6;
    float flown = fract(seed.x * .35 + t * wind.x / (2. * span) + .2);
    p = vec3(frame.eye.x + (flown * 2. - 1.) * span, mix(heights.x, heights.y, seed.y) + .35 * sin(t * .8 + seed.w * 20.), frame.eye.z + z);
    age = sin(t * (6.5 + 2. * seed.w) + seed.w * 40.) * smoothstep(-.4, .4, sin(t * .7 + seed.x * 30.));
    turn = .12 * sin(t + seed.w * 30.);
#else
    p = around(seed.x, seed.y, z, .4);
    p += vec3(sin(t * .35 + seed.w * 40.) * .5, sin(t * .5 + seed.x * 50.) * .25, 0.);
    strength = .35 + .65 * abs(sin(t * .8 + seed.y * 60.));
#endif
    vec2 c = corner * stretch * s;
    float co = cos(turn), si = sin(turn);
    p.xy += vec2(co * c.x - si * c.y, si * c.x + co * c.y);
    at = corner;
    own = vec4(strength, seed.x, seed.w, age);
    gl_Position = project(p);
    if (p.z - frame.eye.z < .25) gl_Position = vec4(2., 2., 2., 1.);
}
