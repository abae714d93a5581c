// Surfaces of a room, one a program: `a` is in metres from the panel's lower left corner.
float rough(vec2 a) { return texture(grain, a).b; }
float line(float at, float wide) { return smoothstep(wide, wide * .4, abs(at)); }

vec3 wooden(vec2 a, vec3 dark, vec3 light, float seed) {       // grain runs up
    float rings = texture(grain, vec2(a.x * 2.1, a.y * .16) + seed).g, fine = texture(grain, vec2(a.x * 9., a.y * .5) + seed * 3.).a;
    return mix(dark, light, clamp(rings * 1.1 + (fine - .5) * .5, 0., 1.));
}

#if defined(PLASTER)
Stuff stuff_at(vec2 a) {
    float m = texture(grain, a * .13 + extra.z).r * .6 + rough(a * .9 + extra.z) * .4;
    return Stuff(mix(first, second, smoothstep(.3, .75, m)) * (.93 + .14 * texture(grain, a * 3.1).a), vec3(0.), 0., 1.);
}
#elif defined(BOARDS)
Stuff stuff_at(vec2 a) {                                       // extra.x: width of a board
    float col = floor(a.x / extra.x), row = floor(a.y / 1.7 + hash11(col + extra.z) * 5.), tone = hash21(vec2(col, row) + extra.z);
    vec2 f = vec2(fract(a.x / extra.x) * extra.x, fract(a.y / 1.7 + hash11(col + extra.z) * 5.) * 1.7);
    float gap = max(line(min(f.x, extra.x - f.x), .006), line(min(f.y, 1.7 - f.y), .006));
    vec3 c = wooden(a + tone * 7., first, second, tone) * (.72 + .5 * tone);
    return Stuff(c * (1. - .75 * gap), vec3(0.), extra.y * (1. - gap) * (.7 + .5 * rough(a * .5)), 1.);
}
#elif defined(TILES)
Stuff stuff_at(vec2 a) {                                       // extra.x: side of a tile; two colours, veined
    vec2 q = a / extra.x, id = floor(q), f = fract(q);
    float joint = max(line(min(f.x, 1. - f.x), .012 / extra.x), line(min(f.y, 1. - f.y), .012 / extra.x)), odd = mod(id.x + id.y, 2.);
    vec2 v = a * .5 + hash21(id + extra.z) * 9.;
    float vein = smoothstep(.45, .02, abs(texture(grain, v).g - .5 + (rough(v * 3.) - .5) * .5) * 2.2);
    vec3 c = mix(first, second, odd) * (.86 + .2 * hash21(id * 3.1 + extra.z)) * (1. + (odd > .5 ? .6 : -.25) * .4 * vein);
    return Stuff(c * (1. - .55 * joint), vec3(0.), extra.y * (1. - joint), 1.);
}
#elif defined(BRICKS)
Stuff stuff_at(vec2 a) {                                       // extra.x: height of a course, extra.y: length of a brick
    float row = floor(a.y / extra.x), x = a.x / extra.y + mod(row, 2.) * .5;
    vec2 id = vec2(floor(x), row), f = vec2(fract(x) * extra.y, fract(a.y / extra.x) * extra.x);
    float edge = min(min(f.x, extra.y - f.x), min(f.y, extra.x - f.y)) + (rough(a * 2.) - .5) * .016;
    float tone = hash21(id + extra.z), joint = smoothstep(.012, .004, edge);
    vec3 c = first * (.6 + .8 * tone) * (.7 + .6 * rough(a * 1.3 + tone));
    c *= 1. - .35 * smoothstep(.03, .012, f.y) + .2 * smoothstep(.03, .01, extra.x - f.y);
    return Stuff(mix(c, second, joint), vec3(0.), 0., 1.);
}
#elif defined(PANELLING)
Stuff stuff_at(vec2 a) {                                       // extra.x, extra.y: a field's width and height (0: plain board)
    vec3 c = wooden(a, first, second, extra.z);
    if (extra.x > 0.) {
        vec2 cell = whole / max(floor(whole / extra.xy + .5), 1.), f = mod(a, cell), d = min(f, cell - f);
        float e = min(d.x, d.y);
        float lit = (d.x < d.y) ? (f.x < cell.x * .5 ? .6 : -.5) : (f.y < cell.y * .5 ? .9 : -.8);
        c *= 1. + lit * .55 * (line(e - .065, .016) - .8 * line(e - .10, .018));
        c *= 1. - .75 * line(e, .006);
    }
    return Stuff(c, vec3(0.), .22, 1.);
}
#elif defined(DOORS)
Stuff stuff_at(vec2 a) {                                       // cupboard fronts; extra.x: a door's width, extra.y: drawers' height on top
    float count = max(floor(whole.x / extra.x + .5), 1.), wide = whole.x / count, id = floor(a.x / wide), x = mod(a.x, wide);
    float drawer = step(whole.y - extra.y, a.y), low = drawer > .5 ? whole.y - extra.y : 0., high = drawer > .5 ? whole.y : whole.y - extra.y;
    float e = min(min(x, wide - x), min(a.y - low, high - a.y));
    vec3 c = mix(first, wooden(a, first * .7, first * 1.25, extra.z + id), second.x) * (.94 + .1 * hash21(vec2(id, extra.z)));
    c *= 1. - .7 * line(e, .007) - .28 * line(e - .05, .008) + .18 * line(e - .062, .008);
    vec2 knob = vec2(drawer > .5 ? wide * .5 : (mod(id, 2.) < .5 ? wide - .05 : .05), drawer > .5 ? (low + high) * .5 : high - .14);
    vec2 away = vec2(x, a.y) - knob;
    float grip = smoothstep(1.1, .9, length(away / (drawer > .5 ? vec2(.055, .010) : vec2(.010, .055))));
    return Stuff(mix(c, vec3(.55, .50, .42), grip), vec3(0.), .18, 1.);
}
#elif defined(BOOKS)
Stuff stuff_at(vec2 a) {                                       // extra.x: a shelf's height, extra.y: a bay's width
    float rows = max(floor(whole.y / extra.x), 1.), high = whole.y / rows, row = floor(a.y / high), y = a.y - row * high;
    float bays = max(floor(whole.x / extra.y + .5), 1.), wide = whole.x / bays, bay = floor(a.x / wide), x = mod(a.x, wide);
    float board = max(step(y, .03), step(min(x, wide - x), .022));
    vec3 wood = wooden(a.yx, first, second, extra.z) * (y < .03 ? 1.25 : .9) * (1. - .5 * step(.024, y) * step(y, .03));
    if (board > .5) return Stuff(wood, vec3(0.), .15, 1.);
    vec2 home = vec2(row * 7. + bay * 3., extra.z);
    float run = x / .042 + .34 * sin(x * 23. + home.x * 5.) + .3 * sin(x * 57. + home.x), id = floor(run), f = fract(run);
    float pick = hash21(vec2(id, home.x) + extra.z), tall = (high - .03) * (.60 + .30 * hash21(vec2(id * 1.7, home.x)));
    vec3 back = first * .22 * smoothstep(high + .02, .03, y);
    float top = y - .03;
    if (pick < .05 || top > tall) return Stuff(back, vec3(0.), 0., 1.);
    float hue = hash21(vec2(id * 2.3, home.x + 4.));
    vec3 spine = hue < .30 ? vec3(.16, .055, .028) : hue < .46 ? vec3(.20, .026, .022) : hue < .60 ? vec3(.026, .065, .045)
               : hue < .74 ? vec3(.022, .040, .095) : hue < .88 ? vec3(.30, .19, .08) : vec3(.46, .40, .28);
    spine *= .55 + .9 * hash21(vec2(id * 3.3, home.x + 2.));
    float v = top / tall, round_ = sqrt(max(4. * f * (1. - f), 0.));
    vec3 gold = vec3(.75, .50, .18);
    float bands = pick > .38 ? max(line(v - .14, .012), max(line(v - .82, .012), pick > .7 ? line(v - .66, .010) : 0.)) : 0.;
    float title = pick > .55 ? step(.66, v) * step(v, .78) * step(.25, f) * step(f, .75) * step(.5, hash21(floor(a * 220.))) : 0.;
    vec3 c = mix(spine, gold, max(bands, title) * .7) * (.25 + .85 * round_) * (.8 + .35 * rough(a * 2.));
    c *= 1. - .65 * smoothstep(high * .55, high, y);
    return Stuff(c, vec3(0.), .10 * round_, 1.);
}
#elif defined(JARS)
Stuff stuff_at(vec2 a) {                                       // extra.x: a shelf's height, extra.y: liveliness of colours
    float rows = max(floor(whole.y / extra.x + .5), 1.), high = whole.y / rows, row = floor(a.y / high), y = a.y - row * high;
    if (y < .028) return Stuff(wooden(a.yx, first, second, extra.z) * (y > .022 ? .5 : 1.1), vec3(0.), .2, 1.);
    float run = a.x / .125 + hash11(row + extra.z) * 3., id = floor(run), f = fract(run) - .5, pick = hash21(vec2(id, row) + extra.z);
    float tall = (high - .03) * (.38 + .45 * hash21(vec2(id * 1.9, row + 3.))), v = (y - .028) / tall, wide = .30 + .13 * pick;
    vec3 back = second * .5 * (1. - .55 * smoothstep(.4 * high, high, y));
    float body = v < .72 ? wide : v < .86 ? mix(wide, wide * .45, smoothstep(.72, .80, v)) : wide * .55;
    if (pick < .14 || v > 1. || abs(f) > body) return Stuff(back * (1. - .3 * smoothstep(.2, 0., abs(abs(f) - body)) * step(v, 1.)), vec3(0.), 0., 1.);
    float u = f / body;
    vec3 tint = .5 + .5 * cos(6.283 * (hash21(vec2(id * 2.7, row)) + vec3(0., .33, .67)));
    tint = mix(vec3(dot(tint, vec3(.33))) * vec3(1., .9, .75), tint, extra.y);
    vec3 c = v > .86 ? vec3(.22, .14, .08) : tint * (.10 + .28 * (1. - u * u)) * (v < .6 * pick + .2 ? 1. : .5);
    c += vec3(.55) * smoothstep(.10, .02, abs(u + .55)) * step(v, .8) * step(.06, v);
    if (pick > .55 && v > .22 && v < .5 && abs(u) < .8) c = vec3(.56, .52, .42) * (.7 + .3 * (1. - u * u)) * (1. - .5 * step(.5, hash21(floor(a * vec2(300., 90.)))) * step(abs(v - .36), .08));
    return Stuff(c, vec3(0.), .25 * (1. - abs(u)), 1.);
}
#elif defined(RUG)
Stuff stuff_at(vec2 a) {
    vec2 m = min(a, whole - a), q = a / whole - .5;
    float e = min(m.x, m.y), weave = .82 + .36 * texture(grain, a * 6.).a;
    vec2 g = abs(fract(a * 3.2 + extra.z) - .5);
    float diamond = g.x + g.y, medal = length(q * vec2(1., 1.) * 2.2) + .06 * cos(atan(q.y, q.x) * 8.);
    vec3 gold = mix(second, vec3(.62, .46, .24), .5), c = first;
    c = mix(c, second, smoothstep(.30, .26, diamond) * .55);
    c = mix(c, first * .45, smoothstep(.14, .10, diamond));
    if (max(whole.x, whole.y) > 2.2 * min(whole.x, whole.y)) medal = 9.;
    c = mix(c, second, smoothstep(.62, .60, medal)); c = mix(c, first * .7, smoothstep(.54, .52, medal)); c = mix(c, gold, smoothstep(.24, .22, medal));
    float border = smoothstep(.30, .29, e);
    c = mix(c, mix(second * .8, gold, step(.5, fract((a.x + a.y) * 4.)) * .7), border);
    c = mix(c, first * .5, max(line(e - .30, .02), line(e - .06, .02)));
    return Stuff(c * weave, vec3(0.), 0., 1.);
}
#elif defined(CURTAIN)
Stuff stuff_at(vec2 a) {
    float wave = sin(a.x * 34. + 3. * texture(grain, vec2(a.x * .3, a.y * .04) + extra.z).r * 6.), fold = .5 + .5 * wave;
    vec3 c = mix(first, second, fold * fold) * (.7 + .3 * fold);
    float pattern = smoothstep(.2, .16, length(fract(a * 5.) - .5)) * extra.x;
    return Stuff(mix(c, c * 1.7, pattern), second * extra.y * (.4 + .6 * fold), 0., 1.);
}
#elif defined(PAINTING)
Stuff stuff_at(vec2 a) {
    vec2 m = min(a, whole - a), q = a / whole;
    float e = min(m.x, m.y), frame_wide = min(whole.x, whole.y) * .09;
    if (e < frame_wide) {
        float v = e / frame_wide, carved = .6 + .5 * sin(v * 9.) + .25 * rough(a * 4.);
        return Stuff(vec3(.36, .23, .08) * carved * (m.x < m.y ? .85 : 1.1), vec3(0.), .35, 1.);
    }
    q = (q - .5) * 1.25 + .5;
    float kind = hash11(extra.z * 3.7), horizon = .35 + .25 * hash11(extra.z), n = texture(grain, q * vec2(.5, .4) + extra.z).r;
    vec3 c = mix(second * 1.1, first, smoothstep(horizon, 1., q.y)) * (.75 + .5 * n);
    if (kind < .45 || whole.x > whole.y * 1.1) {
        for (int i = 0; i < 3; i++) {
            float hill = horizon - .12 * float(i) + .22 * (texture(grain, vec2(q.x * (.25 + .1 * float(i)), extra.z + float(i) * .3)).r - .5);
            c = mix(c, mix(first * .6, vec3(.05, .07, .04), float(i + 1) / 3.) * (.7 + .7 * rough(q * 1.7)), smoothstep(hill + .01, hill - .01, q.y));
        }
    } else {
        c = first * .16 * (.6 + .8 * n);
        vec2 h = (q - vec2(.5, .62)) / vec2(.13, .17 * whole.x / whole.y + .02);
        float shoulders = length((q - vec2(.5, .02)) / vec2(.36, .46));
        c = mix(c, second * .35 * (.6 + n), smoothstep(1.02, .98, shoulders));
        c = mix(c, vec3(.46, .27, .17) * (.55 + .55 * clamp(.5 - h.x * .6, 0., 1.)), smoothstep(1.04, .96, length(h)));
        c = mix(c, vec3(.06, .035, .02), smoothstep(1.04, .98, length(h - vec2(0., .38))) * smoothstep(.1, .3, h.y + .25 * h.x * h.x));
    }
    c *= 1. - .5 * smoothstep(frame_wide + .02, frame_wide, e) - .3 * pow(length(q - .5) * 1.4, 3.);
    return Stuff(c, vec3(0.), .12, 1.);
}
#elif defined(RACKS)
Stuff stuff_at(vec2 a) {                                       // servers: extra.x: a unit's height
    float wide = .62, bay = floor(a.x / wide), x = mod(a.x, wide), row = floor(a.y / extra.x), y = fract(a.y / extra.x) * extra.x;
    vec3 c = first;
    if (min(x, wide - x) < .035) return Stuff(first * 1.6, vec3(0.), .3, 1.);
    float pick = hash21(vec2(bay, row) + extra.z), edge = min(y, extra.x - y);
    c *= .7 + .8 * pick;
    float holes = step(.5, fract(x * 46.)) * step(.5, fract(y * 60.)) * step(.3, x / wide) * step(pick, .8);
    c *= 1. - .6 * holes;
    c *= 1. - .8 * line(edge, .006);
    vec2 led = vec2(fract((x - .05) / .022), (y / extra.x - .5) * extra.x / .022);
    float number = floor((x - .05) / .022), on = step(.45, hash21(vec2(number + bay * 31., row) + extra.z)) * step(.05, x) * step(number, 3. + floor(pick * 7.));
    vec3 hue = pick < .5 ? second : pick < .8 ? vec3(.1, 1., .35) : vec3(1., .5, .1);
    float dot_ = smoothstep(.32, .2, length(led - vec2(.5, 0.)));
    return Stuff(c, hue * on * dot_ * 2.2 + hue * on * .10 * smoothstep(1.6, 0., length(led - vec2(.5, 0.))), .25, 1.);
}
#elif defined(CHALKBOARD)
Stuff stuff_at(vec2 a) {
    vec2 m = min(a, whole - a);
    if (min(m.x, m.y) < .05) return Stuff(wooden(a, vec3(.10, .06, .03), vec3(.28, .17, .08), extra.z), vec3(0.), .2, 1.);
    vec3 c = first * (.8 + .5 * texture(grain, a * .3 + extra.z).r) + vec3(.035) * smoothstep(.4, .8, texture(grain, a * vec2(.5, .2)).g);
    float row = floor(a.y / .15), y = a.y - (row + .5) * .15, x = a.x + hash11(row) * .3, word = floor(x / .11);
    float ink = step(.28, hash21(vec2(word, row) + extra.z)) * step(hash11(row + extra.z), .85) * step(.25, m.x) * step(.15, m.y) * step(fract(x / .11), .86);
    float wave = .028 * (noise2(vec2(x * 55., row)) * 2. - 1.) + .012 * sin(x * 150.);
    float stroke = smoothstep(.009, .003, abs(y - wave)) * ink;
    vec2 d = a - whole * vec2(.74, .5);
    float r = min(whole.x, whole.y) * .26, plot = max(line(length(d) - r, .010), max(line(d.x, .007) * step(abs(d.y), r * 1.2), line(d.y, .007) * step(abs(d.x), r * 1.2)));
    plot = max(plot, line(d.y - r * .7 * sin(d.x / r * 3.), .010) * step(abs(d.x), r));
    stroke = mix(stroke, plot, step(length(d), r * 1.45));
    return Stuff(mix(c, vec3(.75), stroke * (.5 + .5 * texture(grain, a * 7.).a)), vec3(0.), .05, 1.);
}
#elif defined(LUMINOUS)
Stuff stuff_at(vec2 a) {                                       // a soffit of square panels; extra.x: side, extra.y: share that shines
    vec2 q = a / extra.x, id = floor(q), f = fract(q), d = min(f, 1. - f);
    float e = min(d.x, d.y), shines = extra.y >= 1. ? 1. : step(mod(id.x, 2.), .5) * step(mod(id.y + 1., 2.), .5);
    vec3 c = first * (.95 + .1 * texture(grain, a * 3.).a) * (1. - .3 * line(e, .02));
    return Stuff(c, second * shines * smoothstep(.04, .07, e), 0., 1.);
}
#elif defined(WINDOW)
Stuff stuff_at(vec2 a) {                                       // extra.x: panes across, extra.y: panes up (negative: arched)
    float up = abs(extra.y), arch = step(extra.y, 0.), r = whole.x * .5;
    vec2 m = min(a, whole - a), q = a / whole;
    float e = min(m.x, m.y);
    if (arch > .5 && a.y > whole.y - r) { e = r - length(a - vec2(r, whole.y - r)); if (e < 0.) return Stuff(vec3(0.), vec3(0.), 0., 0.); }
    float wood = smoothstep(.055, .05, e);
    vec2 cell = vec2(whole.x / extra.x, whole.y / up), f = mod(a, cell), d = min(f, cell - f);
    float bar = max(line(d.x, .022) * step(cell.x * .5, m.x + .01), line(d.y, .022) * step(cell.y * .5, m.y + .01));
    vec3 way = normalize(place + vec3((a - metres), 0.) * .0 - frame.eye.xyz);
    float y = way.y * 2.2 + (q.y - .5) * .9, x = place.x * .1 + place.z * .23 + extra.z;
    vec3 sky = mix(sky_low, sky_high, smoothstep(0., .9, y + .15));
    float cloud = smoothstep(.45, .8, texture(grain, vec2(x + q.x * .12 * whole.x, y * .35 + extra.z)).r);
    sky = mix(sky, sky * 1.5 + .1 * (1. - night), cloud * .5);
    if (night > .5) sky += vec3(1.0, 1.1, 1.3) * smoothstep(.26, .0, length(fract(a * 20.) - .2 - .6 * hash22(floor(a * 20.) + extra.z))) * step(.90, hash21(floor(a * 20.) + extra.z * 3.)) * (.3 + hash21(floor(a * 20.) + 5.)) * smoothstep(.1, .6, q.y);
    float crown = .02 + .30 * (texture(grain, vec2((x + q.x * .1 * whole.x) * .8, extra.z)).g - .35) + .05 * (rough(vec2(x + q.x * .3, q.y * .3)) - .5);
    vec3 view = mix(land * (.6 + .9 * rough(a * .5 + extra.z)), sky, smoothstep(-.03, .03, y * .6 + .02 - crown));
    if (night > .5) view += vec3(1.2, .7, .25) * step(.986, hash21(floor(a * 18.) + extra.z)) * step(y * .6, crown) * .8;
    view *= .92 + .16 * smoothstep(0., .5, fract((a.x * .7 + a.y) * .7));
    vec3 c = mix(view, vec3(0.), wood);
    vec3 frame_tone = first;
    float solid = max(wood, bar);
    return Stuff(frame_tone * solid, view * (1. - solid), 0., 1.);
}
#elif defined(PICTURE)
Stuff stuff_at(vec2 a) {                                       // extra.x: the picture's number, extra.y: how much it shines by itself
    vec4 t = texture(pictures, vec3(a.x / whole.x, 1. - a.y / whole.y, extra.x));
    vec3 c = t.rgb / max(t.a, .01);
    c *= c * (c * .305 + .682) + .0125;
    c *= first;
    return Stuff(c, c * extra.y, 0., t.a);
}
#elif defined(SHINY)
Stuff stuff_at(vec2 a) {                                       // lacquer, steel, glass: extra.x: gloss, extra.y: brushed
    vec3 c = mix(first, second, smoothstep(0., 1., a.y / whole.y)) * (1. + extra.y * (texture(grain, vec2(a.x * .6, a.y * 30.) + extra.z).a - .5));
    return Stuff(c, vec3(0.), extra.x, 1.);
}
#elif defined(GLOWING)
Stuff stuff_at(vec2 a) {
    return Stuff(first, second * (.75 + .25 * smoothstep(0., whole.y * .4, min(a.y, whole.y - a.y))), 0., 1.);
}
#else
#include "dwellings.glsl"
#endif
