// From the scene's light to the picture that is shown: exposure, shine, film curve, grade, and the hand of a style.
in vec2 uv;
out vec4 colour;
uniform sampler2D picture, shine, grain;
uniform vec2 texel;             // one pixel
uniform float exposure, vignette, saturation, contrast, flash, fade, posterise, seconds;
uniform vec3 lift, gain, shadow_tint, light_tint, paper, ink;

vec3 scene_at(vec2 at) {
    vec3 c = texture(picture, at).rgb;
    vec3 g = texture(shine, at).rgb;
    return c * c * 2. + g * g * 2.;
}

float luma(vec3 c) { return dot(c, vec3(.299, .587, .114)); }
float quick_luma(vec2 at) { return luma(texture(picture, at).rgb); }

void main() {
    vec2 at = vec2(uv.x, 1. - uv.y);                       // rows leave top first
#ifdef WATERCOLOUR
    vec2 wobble = texture(grain, at * vec2(1.3, 1.9)).rg - .5;
    at += wobble * .010 + (texture(grain, at * 5.).gb - .5) * .003;
#endif
#ifdef WATERCOLOUR
    vec3 c = scene_at(at) + flash;
    c = c * .5 + .5 * scene_at(at + (texture(grain, at * 3.1).ba - .5) * .016);
#else
    ivec2 size = textureSize(picture, 0);
    ivec2 cell = ivec2(gl_FragCoord.xy);
    vec3 c = texelFetch(picture, ivec2(cell.x, size.y - 1 - cell.y), 0).rgb;    // exact pixels: a filtered read costs twice
    vec3 g = texture(shine, at).rgb;
    c = c * c * 2. + g * g * 2. + flash;
#endif
    vec2 off = (uv - .5) * vec2(.85, .75);
    float v = clamp((dot(off, off) * 1.4 - .05) * 2., 0., 1.);
    c *= exposure * (1. - vignette * v * v * (3. - 2. * v));
    c = (c * (2.51 * c + .03)) / (c * (2.43 * c + .59) + .14);
    c = sqrt(clamp(c, 0., 1.));
    c = c * (1.12 - .12 * c);
    float l = luma(c);
    c = mix(vec3(l), c, saturation);
    c = mix(c, c * c * (3. - 2. * c), contrast);
    l = luma(c);
    float k = 1. - l;
    c = c * gain + lift * k + shadow_tint * (k * k * .5) + light_tint * (l * l * .5);
#ifdef POSTERISE
    float level = luma(c) * posterise, stepped = (floor(level) + smoothstep(.35, .65, fract(level))) / posterise;
    c *= mix(1., (stepped + .02) / (luma(c) + .02), .75);
#endif
#ifdef EDGES
    float gx = quick_luma(at + vec2(texel.x, 0.)) - quick_luma(at - vec2(texel.x, 0.));
    float gy = quick_luma(at + vec2(0., texel.y)) - quick_luma(at - vec2(0., texel.y));
    float edge = sqrt(gx * gx + gy * gy);
#endif
#ifdef DUOTONE
    float tone = luma(c);
    vec3 duo = mix(shadow_tint + vec3(.02, .0, .10), mix(vec3(.88, .10, .72), vec3(.30, .85, 1.), smoothstep(.45, 1., tone)), smoothstep(.0, .75, tone));
    c = mix(c, duo * (.35 + .95 * tone), .42);
#endif
#ifdef WATERCOLOUR
    float fibre = texture(grain, uv * vec2(4.1, 7.3)).a * .5 + texture(grain, uv * vec2(9., 16.)).a * .5;
    float pigment = texture(grain, uv * vec2(.7, 1.2) + .2).r;
    c = mix(paper, c, clamp(.80 + .30 * (pigment - .5) * 2. - .10 * luma(c), 0., 1.));
    c -= smoothstep(.10, .42, edge) * .20 * (1. - c);
    c *= .93 + .14 * fibre;
    vec2 m = abs(uv - .5) * 2.;
    float margin = max(m.x, m.y) + (texture(grain, uv * vec2(1.5, 2.6)).g - .5) * .14;
    c = mix(c, paper, smoothstep(.93, .985, margin));
#endif
#ifdef SKETCH
    float tone = luma(c), stroke = texture(grain, uv * vec2(1.1, 1.9)).b;
    vec2 hatch = uv / texel;
    float first = smoothstep(.25, .75, abs(fract((hatch.x + hatch.y) * .105 + stroke * .9) - .5) * 2.);
    float second = smoothstep(.25, .75, abs(fract((hatch.x - hatch.y * .8) * .118 + stroke) - .5) * 2.);
    float dark = smoothstep(.62, .18, tone) * (1. - first) * .75 + smoothstep(.34, .06, tone) * (1. - second) * .75;
    float line = smoothstep(.030, .15, edge * (.75 + .6 * stroke));
    float fibre = texture(grain, uv * vec2(6., 10.)).a;
    vec3 wash = mix(paper, c + .12, .34);
    c = mix(wash, ink, clamp(max(dark, line) * (.72 + .45 * fibre), 0., .94));
    c *= .95 + .09 * fibre;
#endif
#ifdef INKED
    c *= 1. - .55 * smoothstep(.10, .32, edge);
#endif
    c *= fade;
    float dither = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(.06711056, .00583715))));
    colour = vec4(clamp(c + (dither - .5) / 255., 0., 1.), 1.);
}
