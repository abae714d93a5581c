// Light that arrives at each place of a room's panels; smooth, so it is kept small.
#include "room.glsl"
in vec3 place;
in vec2 metres;
in vec2 lightmap;
flat in vec3 facing, first, second;
flat in vec2 whole;
flat in vec4 extra;
out vec4 colour;
void main() {
    vec3 n = facing, p = place + n * .015, light = fill * (.72 + .28 * n.y) * open_share(place, n);
    for (int i = 0; i < window_count; i++) {
        vec3 pane = cross(window_across[i], window_up[i]);
        float area = 4. * length(pane);
        pane = normalize(pane);
        for (int k = 0; k < 3; k++) {
            vec3 d = window_at[i] + window_up[i] * (-.62 + .62 * float(k)) + window_across[i] * (k == 1 ? .5 : -.35) - p;
            float away = dot(d, d), form;
            vec3 way = d * inversesqrt(away);
            form = (max(dot(n, way), 0.) * .9 + .05) * abs(dot(way, pane)) * area / (3.14 * away + area);
            if (form > .001 && !blocked(p, way, sqrt(away))) light += window_light * form * .34;
        }
    }
    for (int i = 0; i < lamp_count; i++) {
        for (int k = 0; k < 3; k++) {
            vec3 d = lamp_at[i].xyz + lamp_at[i].w * vec3(k == 0 ? -1. : k == 1 ? 1. : 0., k == 2 ? .8 : -.2, k == 1 ? .6 : -.6) - p;
            float away = dot(d, d);
            vec3 way = d * inversesqrt(away);
            float form = max(dot(n, way) * .9 + .1, 0.) / (away + .25);
            if (form > .003 && !blocked(p, way, sqrt(away) - lamp_at[i].w * 1.5)) light += lamp_light[i] * form * .34;
        }
    }
    colour = vec4(light, 1.);
}
