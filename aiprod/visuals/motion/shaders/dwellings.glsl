// Surfaces out of doors: walls of houses, roofs, cobbles. `season_snow` is how much lies.
uniform float season_snow, wet;

float course(vec2 a, float high, float wide, out vec2 id, out vec2 f) {   // bricks or stones: distance to the joint
    float row = floor(a.y / high), x = a.x / wide + mod(row, 2.) * .5 + hash11(row + extra.z) * .2;
    id = vec2(floor(x), row); f = vec2(fract(x) * wide, fract(a.y / high) * high);
    return min(min(f.x, wide - f.x), min(f.y, high - f.y));
}

#if defined(COTTAGE)
// extra.x: style (0 timbered, 1 stone, 2 stucco, 3 boards, 4 brick, 5 barn); extra.y: height of the gable over the wall
vec3 wall_of(float style, vec2 a, float foot) {
    vec2 id, f;
    float m = texture(grain, a * .16 + extra.z).r * .6 + rough(a * .8 + extra.z) * .4;
    if (style < .5 || style > 1.5 && style < 2.5) {
        vec3 c = first * (.80 + .36 * m);
        return mix(c, vec3(.30, .16, .10) * (.6 + .8 * rough(a * 3.)), style > .5 ? smoothstep(.66, .74, texture(grain, a * .25 + extra.z).g) * .5 : 0.);
    }
    if (style < 1.5 || foot > .5) {
        vec2 w = a + (vec2(rough(a * .9), rough(a * .9 + .4)) - .5) * .16;
        float e = course(w, .26, .46, id, f) + (rough(a * 2.3) - .5) * .05;
        vec3 c = (foot > .5 ? vec3(.20, .19, .175) : first) * (.55 + .75 * hash21(id + extra.z)) * (.7 + .6 * rough(a * 1.9));
        return mix(c, vec3(.30, .28, .24) * (.7 + .4 * m), smoothstep(.035, .012, e));
    }
    if (style < 3.5 || style > 4.5) {
        float board = floor(a.x / .17), x = fract(a.x / .17) * .17;
        vec3 c = first * (.74 + .4 * hash11(board + extra.z)) * (.72 + .5 * texture(grain, vec2(a.x * 5., a.y * .3)).g);
        return c * (1. - .6 * line(min(x, .17 - x), .014));
    }
    float e = course(a, .085, .25, id, f);
    return mix(first * (.55 + .8 * hash21(id + extra.z)) * (.75 + .5 * m), vec3(.34, .31, .27), smoothstep(.013, .005, e));
}

Stuff stuff_at(vec2 a) {
    float style = floor(extra.x + .5), rise = extra.y, high = whole.y - rise, middle = whole.x * .5;
    if (rise > 0. && a.y > high && abs(a.x - middle) > middle * (1. - (a.y - high) / rise)) return Stuff(vec3(0.), vec3(0.), 0., 0.);
    float storeys = max(floor(high / 2.35 + .1), 1.), tall = high / storeys;
    float bays = max(floor(whole.x / (style < .5 ? 1.75 : 2.25) + .2), 1.), wide = whole.x / bays;
    vec2 id = vec2(floor(a.x / wide), floor(a.y / tall)), f = vec2(mod(a.x, wide), mod(a.y, tall));
    bool attic = a.y > high;
    if (attic) { id = vec2(77., storeys); f = vec2(a.x - middle + wide * .5, a.y - high + .1); }
    float foot = style > 4.5 ? 0. : smoothstep(.42, .38, a.y + .06 * (rough(a * 1.3) - .5));
    vec3 c = wall_of(style, a, foot);
    float pick = hash21(id + extra.z * 3.1), doorway = floor(hash11(extra.z * 5.3) * bays);
    if (style < .5 && foot < .5) {
        float beam = min(abs(f.x), wide - f.x), wiggle = (texture(grain, a * .4).g - .5) * .03;
        float timber = max(line(beam + wiggle, .095), line(min(f.y, tall - f.y) + wiggle, .10));
        float lean = hash21(id * 1.7 + extra.z);
        float slant = lean < .3 ? abs(f.x / wide - f.y / tall) : lean < .6 ? abs(1. - f.x / wide - f.y / tall) : 9.;
        if (id.y > .5 && pick < .55) timber = max(timber, line(slant * min(wide, tall) * .7 + wiggle, .075));
        if (attic) timber = max(line(min(abs(a.x - middle), abs(abs(a.x - middle) - wide * .5)) + wiggle, .075), max(line(a.y - high, .1), line(a.y - high - rise * .55, .07)));
        c = mix(c, wooden(a, second * .55, second * 1.3, pick), timber);
        c *= 1. - .35 * smoothstep(.10, .0, abs(beam - .16)) * (1. - timber);
    }
    bool door = id.y < .5 && id.x == doorway && !attic && style < 4.5 && hash11(extra.z * 9.1) < .7;
    bool opening = attic ? rise > 1.5 : (pick < (style < .5 ? .80 : .88) || door);
    vec3 glow = vec3(0.);
    if (style > 4.5) {
        vec2 q = abs(vec2(a.x - middle, a.y - 1.45));
        float gate = max(q.x - 1.35, q.y - 1.45);
        if (gate < 0.) { vec2 g = vec2(mod(a.x - middle, 1.35), a.y); c = wooden(a, first * .4, first * .8, 2.); c = mix(c, vec3(.55), max(line(gate + .06, .06), max(line(q.x, .04), line(abs(g.x / 1.35 - g.y / 2.9), .035)))); }
        opening = false;
        if (attic) { float hatch = max(abs(a.x - middle) - .5, abs(a.y - high - .7) - .5); c = mix(c, vec3(.03, .02, .015), smoothstep(.02, -.02, hatch)); c = mix(c, vec3(.55), line(hatch, .06)); }
    }
    if (opening) {
        vec2 half_ = door ? vec2(.5, 1.02) : attic ? vec2(.33, .42) : vec2(style < .5 ? .42 : .44, min(.62, tall * .26));
        vec2 q = f - vec2(wide * .5, door ? 1.02 : attic ? .75 : tall * .56);
        float e = max(abs(q.x) - half_.x, abs(q.y) - half_.y);
        bool shutters = (style > 1.5 && style < 2.5 || style > 3.5 || style < .5 && hash11(extra.z) < .5) && !door && !attic;
        vec3 trim = style < 1.5 ? second * .8 : vec3(.62, .60, .55);
        vec3 cloth = .5 + .5 * cos(6.283 * (hash11(extra.z * 2.3) * .7 + vec3(.05, .38, .62)));
        cloth = mix(vec3(.13, .22, .16), cloth * .42, .6);
        if (shutters && abs(abs(q.x) - half_.x * 1.5 - .06) < half_.x * .5 && abs(q.y) < half_.y + .03) {
            float slat = .72 + .4 * smoothstep(.2, .8, abs(fract(a.y * 11.) - .5) * 2.);
            c = cloth * slat * (1. - .6 * line(abs(abs(q.x) - half_.x * 1.5 - .06) - half_.x * .5, .02));
        }
        c *= 1. - .5 * smoothstep(.16, .0, e) * step(0., e) * step(q.y, 0.) * .6;
        if (e < .07) c = trim * (.8 + .3 * step(0., q.y));
        if (e < 0.) {
            if (door) {
                c = wooden(a, cloth * .35, cloth * .95, 3.) * (1. - .6 * line(mod(a.x, .2) - .1, .012));
                if (q.y > .62) glow = vec3(1.0, .52, .18) * night * .8;
            } else {
                vec2 g = abs(mod(q + half_, half_) - half_ * .5);
                float bar = max(line(half_.x * .5 - g.x, .022), line(half_.y * .5 - g.y, .020));
                float lit = night * step(hash21(id * 2.3 + extra.z * 1.7), .62);
                vec3 room = mix(vec3(1.25, .62, .20), vec3(1.15, .80, .40), hash21(id + extra.z * .7)) * (.45 + .6 * smoothstep(.9, -.7, q.y / half_.y));
                vec3 pane = mix(sky_low, sky_high, .35 + .3 * hash21(id + 3.)); pane = mix(pane, vec3(dot(pane, vec3(.33))), .45) * .24 + .012;
                pane = mix(pane, pane * 2., smoothstep(.06, .0, abs(q.x * .8 + q.y - .1)) * .6);
                float drape = step(half_.x * .62, abs(q.x) + .06 * sin(a.y * 6.)) * step(pick, .7);
                c = mix(mix(vec3(.02), vec3(.34, .30, .26), drape * .6), trim, bar);
                glow = mix(pane, room * mix(1., .55, drape), lit) * (1. - bar);
            }
        }
        if (!door && !attic && pick > .3 && season_snow < .5 && style != 1. && q.y < -half_.y && q.y > -half_.y - .3 && abs(q.x) < half_.x + .14) {
            float leaf = rough(a * 4.7 + extra.z), hue = hash21(floor(a * 22.) + extra.z);
            if (q.y > -half_.y - .18 + .12 * leaf) c = hue < .45 ? vec3(.55, .05, .08) * (.6 + leaf) : hue < .6 ? vec3(.7, .45, .10) : vec3(.05, .14, .04) * (.6 + leaf);
            else if (q.y > -half_.y - .27) c = second * .7;
        }
    }
    float top = attic ? 9. : high - a.y;
    c *= (1. - .45 * smoothstep(.55, 0., top)) * (.72 + .28 * smoothstep(0., .8, a.y));
    c = mix(c, c * vec3(.72, .8, .62), .6 * smoothstep(.5, .8, rough(a * vec2(.8, .3))) * smoothstep(1.6, 0., a.y));
    c = mix(c, vec3(.74, .78, .86), season_snow * smoothstep(.18, .08, a.y + .12 * (rough(a) - .5)));
    return Stuff(c, glow, 0., 1.);
}
#elif defined(ROOFING)
// extra.x: 0 thatch, 1 slate, 2 terracotta, 3 shingles, 4 tiles; extra.y: 1 cuts it to a triangle (a spire)
Stuff stuff_at(vec2 a) {
    float kind = floor(extra.x + .5), v = a.y / whole.y;
    if (extra.y > .5 && abs(a.x / whole.x - .5) > .5 * (1. - v)) return Stuff(vec3(0.), vec3(0.), 0., 0.);
    float m = texture(grain, a * .11 + extra.z).r, fine = rough(a * 1.1 + extra.z);
    vec3 c;
    if (kind < .5) {
        if (a.y < .10 * texture(grain, vec2(a.x * 2., extra.z)).a) return Stuff(vec3(0.), vec3(0.), 0., 0.);
        float straw = texture(grain, vec2(a.x * 5., a.y * .45) + extra.z).a;
        c = mix(first, second, straw) * (.6 + .7 * m);
        c *= 1. - .35 * line(abs(mod(a.y, .8) - .4) - .0, .05) * .6;
        if (v > .86) c *= .72 + .4 * step(.5, fract(a.x * 1.8 + a.y * 1.8));
        c *= .6 + .4 * smoothstep(0., .25, a.y);
    } else {
        vec2 cell = kind < 1.5 ? vec2(.30, .24) : kind < 2.5 ? vec2(.24, .36) : kind < 3.5 ? vec2(.20, .26) : vec2(.22, .22);
        float row = floor(a.y / cell.y), x = a.x / cell.x + (kind < 2.5 && kind > 1.5 ? 0. : mod(row, 2.) * .5);
        vec2 id = vec2(floor(x), row), f = vec2(fract(x), fract(a.y / cell.y));
        c = mix(first, second, hash21(id + extra.z)) * (.68 + .6 * m) * (.8 + .4 * fine);
        c *= .62 + .38 * smoothstep(0., .35, f.y) + .12 * f.y;
        c *= kind > 1.5 && kind < 2.5 ? .45 + .75 * sqrt(max(1. - 3.6 * (f.x - .5) * (f.x - .5), 0.)) : 1. - .4 * line(min(f.x, 1. - f.x), .06);
    }
    c = mix(c, vec3(.07, .10, .03) * (.7 + fine), smoothstep(.60, .75, texture(grain, a * .3 + extra.z * 2.).g) * .55);
    c *= 1. - .5 * line(whole.y - a.y, .12) * step(extra.y, .5);
    float lies = season_snow * smoothstep(.30, .55, facing.y) * smoothstep(.30, .42, fine * .5 + m * .4 + .25 - .35 * smoothstep(.35, .0, a.y));
    c = mix(c, vec3(.80, .84, .92) * (.86 + .2 * m), lies);
    return Stuff(c, vec3(0.), wet * .5, 1.);
}
#elif defined(COBBLES)
// extra.x: size of a stone; extra.y: metres over which its edges left and right dissolve
Stuff stuff_at(vec2 a) {
    vec2 w = a + (vec2(rough(a * .22), rough(a * .22 + .5)) - .5) * .14;
    float row = floor(w.y / extra.x), x = w.x / (extra.x * 1.3) + hash11(row) * 7.;
    vec2 id = vec2(floor(x), row), f = vec2(fract(x), fract(w.y / extra.x)) - .5;
    f += (hash22(id + extra.z) - .5) * .16;
    float stone = smoothstep(.54, .34, max(length(f * vec2(1., 1.)), max(abs(f.x), abs(f.y)) * 1.05)), m = texture(grain, a * .08 + extra.z).r;
    vec3 c = mix(first, second, hash21(id * 1.3 + extra.z)) * (.72 + .5 * rough(a * 2.)) * (1. + .5 * f.y);
    vec3 joint = mix(first * .38, vec3(.075, .10, .04), smoothstep(.5, .7, m));
    c = mix(joint, c, stone) * (.75 + .5 * m);
    float trodden = smoothstep(.30, .62, m * .8 + .55 * rough(a * .8) - .12 * stone);
    c = mix(c, vec3(.54, .58, .66) * (.78 + .3 * rough(a * 1.7)), season_snow * trodden);
    float edge = extra.y > 0. ? smoothstep(0., extra.y, min(a.x, whole.x - a.x) - extra.y * 1.2 * (rough(a * .3) - .35)) : 1.;
    return Stuff(c * mix(1., .55, wet), vec3(0.), (.10 + .75 * wet) * stone * (1. - season_snow), edge);
}
#endif
