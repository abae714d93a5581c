// Distance functions of what people built and time broke; in metres from the middle of the foot, faces towards -z.
float block(vec3 p, vec3 h) { vec3 q = abs(p) - h; return length(max(q, 0.)) + min(max(q.x, max(q.y, q.z)), 0.); }

// A fluted column with its base; whole with a capital where `top` reaches `tall`, else snapped there.
float pillar(vec3 p, float r, float tall, float top, float who) {
    float y = p.y, away = length(p.xz), thick = r * (1. - .17 * pow(clamp(y / tall, 0., 1.), 1.5));
    float groove = r * .075 * (1. - abs(sin(atan(p.z, p.x) * 10.)));
    float chip = noise3(p * 1.5 / r + who);
    float drum = abs(fract(y / (r * 2.4) + .3) - .5);
    float d = away - thick + groove + r * .22 * smoothstep(.66, .95, chip) + r * .04 * smoothstep(.47, .5, drum);
    bool whole = top >= tall;
    float end = whole ? tall : top + (noise2(p.xz * 1.3 / r + who) - .5) * 1.7 * r + (noise2(p.xz * 4. / r + who) - .5) * .4 * r;
    d = max(d * .8, (y - end) * .7);
    if (whole) {
        float u = clamp((y - tall + .55 * r) / (.55 * r), 0., 1.);
        d = min(d, max(away - mix(thick * .98, r * 1.32, u * u * (3. - 2. * u)), abs(y - tall + .27 * r) - .27 * r) * .8);
        d = min(d, block(p - vec3(0., tall + .16 * r, 0.), vec3(1.42, .16, 1.42) * r));
    }
    d = min(d, max(away - 1.22 * r, abs(y - .36 * r) - .14 * r));
    return min(d, block(p - vec3(0., .11 * r, 0.), vec3(1.4, .13, 1.4) * r));
}

#if defined(COLUMN)
// make: radius, whole height, height where it is snapped.
float shape(vec3 p) { return pillar(p, make.x, make.y, make.z, seed); }

#elif defined(COLONNADE)
// make: columns, distance between them, radius, height; more: how ruined (0..1), gable, distance between rows, steps' height.
float whole(float i, float j) { return step(more.x, hash21(vec2(i, j) * 3.7 + seed)); }
float row(vec3 q, float j) {
    float half_count = (make.x - 1.) * .5, i = clamp(floor(q.x / make.y + half_count + .5), 0., make.x - 1.), x = q.x - (i - half_count) * make.y;
    float top = whole(i, j) > .5 ? make.w : make.w * (.06 + .8 * hash21(vec2(i + 9., j) + seed));
    float d = min(pillar(vec3(x, q.yz), make.z, make.w, top, i * 7. + j + seed), max(make.y * .5 - abs(x), 0.) + make.y * .5 - make.z * 1.5);
    float tall = make.z * 1.9, above = make.w + .32 * make.z;
    float e = block(q - vec3(0., above + tall * .5, 0.), vec3(half_count * make.y + make.z * 1.35, tall * .5, make.z * 1.1));
    e = min(e, block(q - vec3(0., above + tall, 0.), vec3(half_count * make.y + make.z * 1.6, tall * .10, make.z * 1.35)));
    float cut = abs(fract(q.x / (make.y * .2)) - .5) * make.y * .2;
    e += .05 * smoothstep(make.y * .05, make.y * .065, cut) * step(above + tall * .48, q.y);
    float s = clamp(floor(q.x / make.y + half_count), 0., make.x - 2.), xs = q.x - (s + .5 - half_count) * make.y;
    if (whole(s, j) * whole(s + 1., j) < .5) e = max(e, max(make.y * .5 - abs(xs), 0.) + .2 + .5 * noise2(q.xy * 1.2 + seed));
    return min(d, e * .85);
}
float shape(vec3 p) {
    float wide = (make.x - 1.) * .5 * make.y + make.z * 2., deep = more.z * .5 + make.z * 2., d = 1e3, rise = more.w / 3.;
    for (int k = 0; k < 3; k++) {
        float out_by = (2. - float(k)) * rise * 1.3;
        d = min(d, block(p - vec3(0., rise * (float(k) + .5), 0.), vec3(wide + out_by, rise * .5, deep + out_by)));
    }
    d += .05 * smoothstep(.5, .9, noise3(p * .9 + seed));
    vec3 q = p - vec3(0., more.w, 0.);
    d = min(d, row(q + vec3(0., 0., more.z * .5), 0.));
    if (more.z > 0.) d = min(d, row(q - vec3(0., 0., more.z * .5), 1.));
    if (more.y > .5) {
        vec3 g = q - vec3(0., make.w + make.z * 2.35, -more.z * .5);
        float up = wide * .26, fall = up / wide, roof = (g.y - (up - abs(g.x) * fall)) * .94;
        float gable = max(max(roof, -g.y), abs(g.z) - make.z * .9);
        gable = min(gable, max(abs(roof + .1 * make.z) - .22 * make.z, max(abs(g.z) - make.z * 1.3, -g.y)));
        float side = hash11(seed) > .5 ? 1. : -1.;
        gable = max(gable, side * g.x - wide * (.95 - 1.1 * more.x) + 1.6 * (noise2(g.xy * .7 + seed) - .5));
        float half_count = (make.x - 1.) * .5, bay = clamp(floor(g.x / make.y + half_count), 0., make.x - 2.), xs = g.x - (bay + .5 - half_count) * make.y;
        if (whole(bay, 0.) * whole(bay + 1., 0.) < .5) gable = max(gable, max(make.y * .5 - abs(xs), 0.) + .2 + .6 * noise2(g.xy + seed));
        d = min(d, gable * .85);
    }
    return d;
}

#elif defined(ARCADE)
// make: bays, distance between them, opening's width, height; more: how ruined, pointed arches, storeys, thickness.
float shape(vec3 p) {
    float long_half = make.x * make.y * .5, storey = make.w / more.z, k = clamp(floor(p.y / storey), 0., more.z - 1.), y = p.y - k * storey;
    float half_count = (make.x - 1.) * .5, i = clamp(floor(p.x / make.y + half_count + .5), 0., make.x - 1.), x = p.x - (i - half_count) * make.y;
    float w = make.z * .5, spring = storey * .84 - w * (more.y > .5 ? 1.55 : 1.), o = more.y > .5 ? w * .9 : 0.;
    float hole = y < spring ? abs(x) - w : length(vec2(abs(x) + o, y - spring)) - w - o;
    float wall = block(p - vec3(0., make.w * .5, 0.), vec3(long_half, make.w * .5, more.w * .5));
    float d = max(wall, -hole);
    float trim = max(abs(hole - w * .14) - w * .14, abs(p.z) - more.w * .5 - .09);
    d = min(d, max(trim, spring - y - .3));
    float band = block(p - vec3(0., (k + 1.) * storey - .22, 0.), vec3(long_half + .1, .2, more.w * .5 + .16));
    d = min(d, band);
    d = min(d, max(block(vec3(abs(x) - make.y * .5, y - storey * .5, p.z + more.w * .5), vec3(make.y * .07, storey * .5, .18)), -hole));
    float gone = noise2(vec2(p.x * .11, seed)) * 1.1 + .45 * noise2(vec2(p.x * .45, seed + 3.)) - .25 + .28 * p.x / long_half * (hash11(seed) > .5 ? 1. : -1.);
    float top = make.w * (1.06 - more.x * clamp(gone, 0., 1.)) - .5 * noise2(vec2(floor(p.x / .8), seed)) - .35 * noise2(p.xz * 2.3);
    return max(d, (p.y - top) * .6) * .9;
}

#elif defined(RAMPART)
// make: length, height, thickness, width of the gate; more: how ruined, battlement's width, distance between slits, pointed windows.
float shape(vec3 p) {
    float d = block(p - vec3(0., make.y * .5, 0.), vec3(make.x * .5, make.y * .5, make.z * .5));
    d = min(d, block(p - vec3(0., make.y * .04, 0.), vec3(make.x * .5, make.y * .07, make.z * .62)));
    float tooth = abs(fract(p.x / (more.y * 2.)) - .5) * more.y * 2. - more.y * .5;
    d = min(d, max(block(p - vec3(0., make.y + more.y * .35, -make.z * .36), vec3(make.x * .5, more.y * .5, make.z * .14)), min(tooth, make.y - p.y + .02)));
    float w = make.w * .5, gate = p.y < make.w ? abs(p.x) - w : length(vec2(abs(p.x) + w * .6, p.y - make.w)) - w * 1.6;
    if (make.w > 0.) { d = min(max(d, -gate), max(max(abs(gate - .22) - .22, abs(p.z) - make.z * .5 - .12), -p.y)); }
    if (more.z > 0.) {
        vec2 s = vec2(abs(fract(p.x / more.z + .5) - .5) * more.z, abs(p.y - make.y * .62));
        float slit = more.w > .5 ? max(s.x - .42, length(vec2(s.x + .45, max(p.y - make.y * .66, make.y * .50 - p.y))) - .95) : max(s.x - .10, s.y - .75);
        if (abs(p.x) > w + .8) d = max(d, -slit);
    }
    float gone = noise2(vec2(p.x * .13, seed)) * 1.1 + .4 * noise2(vec2(p.x * .5, seed + 3.)) - .3 + .35 * abs(p.x) / make.x;
    float top = (make.y + more.y) * (1.05 - more.x * clamp(gone, 0., 1.)) - .6 * noise2(vec2(floor(p.x / .7), seed)) * more.x - .3 * noise2(p.xz * 2.3) * more.x;
    return max(d, (p.y - top) * .6) * .9;
}

#elif defined(TOWER)
// make: radius, height, teeth, square; more: how ruined, slits, roof.
float shape(vec3 p) {
    float r = make.x * (1.06 - .08 * clamp(p.y / make.y, 0., 1.)), away = make.w > .5 ? max(abs(p.x), abs(p.z)) : length(p.xz), turn = atan(p.z, p.x);
    float head = make.y - make.x * .85, wide = r + make.x * .16 * smoothstep(head - make.x * .28, head, p.y);
    float d = max(away - wide, p.y - make.y);
    d = max(d, -max(away - r * .78, make.y - make.x * .55 - p.y));
    float tooth = make.w > .5 ? abs(fract((abs(p.x) > abs(p.z) ? p.z : p.x) / r * make.z * .125) - .5) - .26 : abs(fract(turn / 6.2832 * make.z) - .5) - .26;
    d = max(d, -max(tooth * r * .8, make.y - make.x * .42 - p.y));
    vec2 s = vec2(sin(turn * 2. + .6) * r * .5, abs(fract(p.y / (make.x * 2.2) + .3) - .5) * make.x * 2.2);
    if (more.y > .5) d = max(d, -max(max(abs(s.x) - .16, s.y - .6), r * .8 - away));
    if (more.z > .5) d = min(d, max((away - (make.x * 1.32 - (p.y - make.y) * .42)) * .85, make.y - p.y));
    float lean = hash11(seed) * 6.28, gone = .5 + .5 * dot(p.xz / make.x, vec2(cos(lean), sin(lean)));
    float top = make.y * (1.04 - more.x * gone) + (noise2(p.xz * .9 + seed) - .5) * make.x * .9 * more.x;
    if (more.z < .5) d = max(d, (p.y - top) * .6);
    return d * .85;
}

#elif defined(PYRAMID)
// make: half its base, height, height of a course, 1 for a temple on broad terraces with a stair; more: how ruined.
float shape(vec3 p) {
    if (make.w < .5) {
        float away = max(abs(p.x), abs(p.z)), row = ceil(p.y / make.z) * make.z, wide = make.x * (1. - row / make.y);
        float loose = (noise3(vec3(floor(p.xz / make.z), row) * .7 + seed) - .5) * make.z * (.5 + 1.2 * more.x);
        float smooth_side = (away - make.x * (1. - p.y / make.y)) * make.y / length(vec2(make.x, make.y));
        float cap = smoothstep(.80, .84, p.y / make.y + .04 * noise2(p.xz * .4));
        return mix(max((away - wide + loose) * .55, p.y - make.y), smooth_side - make.z * .35, cap);
    }
    float d = 1e3, tier = make.y * .11, side = make.x * .085;
    for (int k = 0; k < 8; k++) {
        float low = float(k) * tier;
        float wide = make.x - float(k) * side - (p.y - low) * .22;
        d = min(d, max(max(abs(p.x), abs(p.z)) - wide, abs(p.y - low - tier * .5) - tier * .5));
    }
    float across = make.x * .20;
    float rise = (p.z + make.x * 1.10) / (make.x * .76) * make.y * .88, stair = max(abs(p.x) - across, (p.y - floor(rise / .35) * .35) * .6);
    d = min(d, max(stair, p.y - make.y * .88));
    d = min(d, max(max(abs(abs(p.x) - across * 1.08) - across * .09, (p.y - rise - .35) * .6), p.y - make.y * .9));
    vec3 h = p - vec3(0., make.y * .88, 0.);
    float house = block(h - vec3(0., make.y * .10, 0.), vec3(make.x * .27, make.y * .10, make.x * .22));
    house = max(house, -block(h - vec3(0., make.y * .055, -make.x * .2), vec3(make.x * .06, make.y * .065, make.x * .12)));
    house = min(house, block(h - vec3(0., make.y * .215, 0.), vec3(make.x * .22, make.y * .03, make.x * .10)));
    d = min(d, house) + .35 * more.x * smoothstep(.45, .8, noise3(p * .55 + seed));
    return d * .75;
}

#elif defined(TRILITH)
// make: half the gap, half a post's width, height, lintel's thickness (0: none); more: lean.
float stone(vec3 p, vec3 h) { return block(p, h - .10) - .10 - .16 * (noise3(p * 1.4 + seed) - .5) - .05 * (noise3(p * 4.5 + seed) - .5); }
float shape(vec3 p) {
    p.x += more.x * p.y;
    float side = abs(p.x) - make.x - make.y, taper = 1. + .16 * (1. - p.y / make.z);
    float d = stone(vec3(side, p.y - make.z * .5, p.z), vec3(make.y * taper, make.z * .5, make.y * .72 * taper));
    if (make.w > 0.) d = min(d, stone(p - vec3(0., make.z + make.w * .5, 0.), vec3(make.x + make.y * 2.15, make.w * .5, make.y * .8)));
    return d * .85;
}

#elif defined(OBELISK)
// make: half its foot, height.
float shape(vec3 p) {
    float away = max(abs(p.x), abs(p.z)), head = make.y - make.x * 1.6;
    float d = max((away - make.x * (1. - .35 * p.y / make.y)) * .97, p.y - make.y);
    d = max(d, (away * 1.7 + p.y - make.y) * .5);
    d = min(d, block(p - vec3(0., make.x * .3, 0.), vec3(make.x * 1.5, make.x * .35, make.x * 1.5)));
    return d + .03 * noise3(p * 3. + seed);
}

#elif defined(DRUM)
// A piece of a column that lies. make: radius, half its length, lean.
float shape(vec3 p) {
    p.y -= make.x * .88;
    p.xy = mat2(cos(make.z), sin(make.z), -sin(make.z), cos(make.z)) * p.xy;
    float groove = make.x * .075 * (1. - abs(sin(atan(p.z, p.y) * 10.))), chip = noise3(p * 1.6 / make.x + seed);
    float ends = abs(p.x) - make.y + make.x * .6 * (noise2(p.yz * 1.2 / make.x + seed + sign(p.x)) - .5);
    return max(length(p.yz) - make.x + groove + make.x * .24 * smoothstep(.6, .9, chip), ends * .8) * .85;
}

#elif defined(BLOCK)
// A hewn stone that fell. make: half sizes, lean.
float shape(vec3 p) {
    p.y -= make.y * .75;
    p.xy = mat2(cos(make.w), sin(make.w), -sin(make.w), cos(make.w)) * p.xy;
    return (block(p, make.xyz - .04) - .04 + .22 * min(make.y, make.x) * smoothstep(.55, .95, noise3(p * 1.8 + seed)) + .03 * noise3(p * 7.)) * .85;
}

#elif defined(CRYSTAL)
// Six-sided needles from one root. make: height, thickness.
float shape(vec3 p) {
    float d = 1e2;
    for (int i = 0; i < 7; i++) {
        float k = float(i), turn = k * 2.39996 + seed, lean = (i == 0 ? .10 : .30 + .75 * hash11(k + seed)), high = make.x * (i == 0 ? 1. : .35 + .5 * hash11(k * 2.3 + seed));
        vec3 way = normalize(vec3(cos(turn) * lean, 1., sin(turn) * lean)), side = normalize(cross(way, vec3(.3, .1, 1.))), other = cross(way, side);
        vec3 q = vec3(abs(dot(p, side)), dot(p, way), abs(dot(p, other)));
        float thick = make.y * (.55 + .6 * hash11(k * 5.1 + seed)), hex = max(q.x * .866 + q.z * .5, q.z) - thick;
        d = min(d, max(max(hex, hex * .6 + (q.y - high) * .5 + .45 * thick), q.y - high - thick));
    }
    return max(d * .8, -p.y - .05);
}

#elif defined(GLACIER)
// The front of a glacier: a cliff cleft from top to foot. make: half length, height, depth, scale of its clefts.
float shape(vec3 p) {
    float k = make.w, lean = p.x + .12 * p.y, bend = 7. * k * (noise2(vec2(p.x * .020 / k, seed)) - .5);
    float cleft = 1. - abs(2. * noise2(vec2(lean * .16 / k + seed, p.y * .02 / k)) - 1.), flute = 1. - abs(2. * noise2(vec2(lean * .62 / k, p.y * .07 / k + seed)) - 1.);
    float shelf = noise3(vec3(p.x * .22, p.y * .35, p.z * .22) / k + seed);
    float front = -p.z - make.z + bend + k * (2.6 * smoothstep(.80, 1., cleft) + .9 * flute * flute - 2.2 * shelf + .4 * noise3(p * vec3(1.1, .5, 1.1) / k));
    float top = make.y * (.74 + .26 * noise2(vec2(p.x * .03 / k, seed + 4.)) + .13 * (noise2(vec2(p.x * .5 / k, p.z * .4 / k)) - .5) - .20 * smoothstep(.85, 1., cleft)) + .07 * (p.z + make.z);
    return max(max(front, p.y - top), abs(p.x) - make.x) * .5;
}

#elif defined(BERG)
// Ice broken along planes. make: half width, height, half depth, scale of its clefts; more: how tabular, lean.
float shape(vec3 p) {
    vec3 q = p / vec3(make.x, make.y, make.z);
    q.x += more.y * q.y;
    float d = max(abs(q.x), abs(q.z)) - 1.;
    for (int i = 0; i < 9; i++) {
        float k = float(i), turn = k * 2.39996 + seed, tilt = mix(.25, 1.25, hash11(k * 1.7 + seed));
        vec3 n = normalize(vec3(cos(turn), tilt * (1. - .8 * more.x), sin(turn)));
        d = max(d, dot(q, n) - mix(.42, .80, hash11(k * 3.1 + seed + 2.)) - .10 * more.x);
    }
    float top = mix(1., .62 + .10 * (noise2(q.xz * 2. + seed) - .5), more.x);
    d = max(d, q.y - top);
    float m = min(make.x, min(make.y, make.z));
    float rough = noise3(p * vec3(.7, .9, .7) / make.w + seed) * .5 + noise3(p * vec3(2.1, .8, 2.1) / make.w + seed) * .28 + noise3(p * 4.7 / make.w) * .10;
    return (d * m + (rough - .42) * make.w * .55) * .66;
}
#endif
