// What lights a room: windows as bright rectangles, the sun through them, lamps; and the boxes that stand in the light.
const int WINDOWS = 6, LAMPS = 8, BOXES = 24;
uniform int window_count, lamp_count, box_count;
uniform vec3 window_at[WINDOWS], window_across[WINDOWS], window_up[WINDOWS];
uniform vec3 window_light, sun_way, sun_light, fill, room_low, room_high;
uniform vec4 lamp_at[LAMPS];    // w: radius
uniform vec3 lamp_light[LAMPS];
uniform vec3 box_low[BOXES], box_high[BOXES];

bool blocked(vec3 p, vec3 way, float far) {
    vec3 turned = 1. / (way + vec3(1e-5));
    for (int i = 0; i < box_count; i++) {
        vec3 a = (box_low[i] - p) * turned, b = (box_high[i] - p) * turned, low = min(a, b), high = max(a, b);
        float near = max(max(low.x, low.y), low.z), end = min(min(high.x, high.y), high.z);
        if (near < end && end > .03 && near < far && near > -.02) return true;
    }
    return false;
}

// Darkness of corners, under tables and behind cupboards.
float open_share(vec3 p, vec3 n) {
    vec3 q = p + n * .35, a = max(q - room_low, 0.), b = max(room_high - q, 0.);
    vec3 s = (1. - .36 * exp(-a * 1.7)) * (1. - .36 * exp(-b * 1.7));
    float shade = s.x * s.y * s.z;
    for (int i = 0; i < box_count; i++) {
        for (int k = 0; k < 2; k++) {
            float reach = k == 0 ? .12 : .5;
            vec3 x = p + n * reach, d = max(max(box_low[i] - x, x - box_high[i]), 0.);
            shade *= 1. - (k == 0 ? .45 : .40) * clamp(1. - length(d) / reach, 0., 1.);
        }
    }
    return shade;
}

// Where a ray meets a window: its place on the glass (-1..1), or far outside.
vec3 on_glass(int i, vec3 p, vec3 way) {
    vec3 n = cross(window_across[i], window_up[i]), away = window_at[i] - p;
    float t = dot(away, n) / dot(way, n);
    if (!(t > .02)) return vec3(9., 9., 1e4);
    vec3 d = p + way * t - window_at[i];
    return vec3(dot(d, window_across[i]) / dot(window_across[i], window_across[i]), dot(d, window_up[i]) / dot(window_up[i], window_up[i]), t);
}
