environment          = "prod"
budget_units         = 1000
most_instances       = 100
render_tasks         = 50
render_hours_per_day = 0
keep_days            = 30
films_success_goal   = 0.99
