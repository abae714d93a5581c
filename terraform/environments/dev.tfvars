environment          = "dev"
budget_units         = 50
most_instances       = 4
render_tasks         = 4
render_hours_per_day = 8
keep_days            = 7
films_success_goal   = 0.9
