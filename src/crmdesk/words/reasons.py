"""Reasons for tiers and stages, the policy, today's list."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

REASONS: Final[dict[str, str]] = {
    "sheet_late": translatable("{file} came {days} days ago; it usually comes every {usual} days."),
    # waiting
    "reason_not_computed": translatable("Not worked out yet"),
    # tiers: what the customer brought, its place, and what holds it back
    "tier_total_rank": translatable("{value_money} so far, place {rank}"),
    "tier_total_rank_new": translatable("{value_money} so far, place {rank}, but came only once, {days} days ago"),
    "tier_total_rank_quiet": translatable("{value_money} so far, place {rank}, but away for {days} days"),
    "tier_total_rank_lost": translatable("{value_money} so far, place {rank}, but gone for {days} days"),
    "tier_total_share": translatable("{value_money} so far, among the first {place_share}"),
    "tier_total_share_new": translatable(
        "{value_money} so far, among the first {place_share}, but came only once, {days} days ago"
    ),
    "tier_total_share_quiet": translatable(
        "{value_money} so far, among the first {place_share}, but away for {days} days"
    ),
    "tier_total_share_lost": translatable(
        "{value_money} so far, among the first {place_share}, but gone for {days} days"
    ),
    "tier_total_low": translatable("{value_money} so far, in the lower half"),
    "tier_total_low_new": translatable("{value_money} so far, in the lower half, but came only once, {days} days ago"),
    "tier_total_low_quiet": translatable("{value_money} so far, in the lower half, but away for {days} days"),
    "tier_total_low_lost": translatable("{value_money} so far, in the lower half, but gone for {days} days"),
    "tier_profit_rank": translatable("{value_money} profit so far, place {rank}"),
    "tier_profit_rank_new": translatable(
        "{value_money} profit so far, place {rank}, but came only once, {days} days ago"
    ),
    "tier_profit_rank_quiet": translatable("{value_money} profit so far, place {rank}, but away for {days} days"),
    "tier_profit_rank_lost": translatable("{value_money} profit so far, place {rank}, but gone for {days} days"),
    "tier_profit_share": translatable("{value_money} profit so far, among the first {place_share}"),
    "tier_profit_share_new": translatable(
        "{value_money} profit so far, among the first {place_share}, but came only once, {days} days ago"
    ),
    "tier_profit_share_quiet": translatable(
        "{value_money} profit so far, among the first {place_share}, but away for {days} days"
    ),
    "tier_profit_share_lost": translatable(
        "{value_money} profit so far, among the first {place_share}, but gone for {days} days"
    ),
    "tier_profit_low": translatable("{value_money} profit so far, in the lower half"),
    "tier_profit_low_new": translatable(
        "{value_money} profit so far, in the lower half, but came only once, {days} days ago"
    ),
    "tier_profit_low_quiet": translatable("{value_money} profit so far, in the lower half, but away for {days} days"),
    "tier_profit_low_lost": translatable("{value_money} profit so far, in the lower half, but gone for {days} days"),
    "tier_window_rank": translatable("{value_money} in {window} days, place {rank}"),
    "tier_window_rank_new": translatable(
        "{value_money} in {window} days, place {rank}, but came only once, {days} days ago"
    ),
    "tier_window_rank_quiet": translatable("{value_money} in {window} days, place {rank}, but away for {days} days"),
    "tier_window_rank_lost": translatable("{value_money} in {window} days, place {rank}, but gone for {days} days"),
    "tier_window_share": translatable("{value_money} in {window} days, among the first {place_share}"),
    "tier_window_share_new": translatable(
        "{value_money} in {window} days, among the first {place_share}, but came only once, {days} days ago"
    ),
    "tier_window_share_quiet": translatable(
        "{value_money} in {window} days, among the first {place_share}, but away for {days} days"
    ),
    "tier_window_share_lost": translatable(
        "{value_money} in {window} days, among the first {place_share}, but gone for {days} days"
    ),
    "tier_window_low": translatable("{value_money} in {window} days, in the lower half"),
    "tier_window_low_new": translatable(
        "{value_money} in {window} days, in the lower half, but came only once, {days} days ago"
    ),
    "tier_window_low_quiet": translatable(
        "{value_money} in {window} days, in the lower half, but away for {days} days"
    ),
    "tier_window_low_lost": translatable("{value_money} in {window} days, in the lower half, but gone for {days} days"),
    "tier_about_rank": translatable("estimated profit {value_money} so far, place {rank}"),
    "tier_about_rank_new": translatable(
        "estimated profit {value_money} so far, place {rank}, but came only once, {days} days ago"
    ),
    "tier_about_rank_quiet": translatable(
        "estimated profit {value_money} so far, place {rank}, but away for {days} days"
    ),
    "tier_about_rank_lost": translatable(
        "estimated profit {value_money} so far, place {rank}, but gone for {days} days"
    ),
    "tier_about_share": translatable("estimated profit {value_money} so far, among the first {place_share}"),
    "tier_about_share_new": translatable(
        "estimated profit {value_money} so far, among the first {place_share}, but came only once, {days} days ago"
    ),
    "tier_about_share_quiet": translatable(
        "estimated profit {value_money} so far, among the first {place_share}, but away for {days} days"
    ),
    "tier_about_share_lost": translatable(
        "estimated profit {value_money} so far, among the first {place_share}, but gone for {days} days"
    ),
    "tier_about_low": translatable("estimated profit {value_money} so far, in the lower half"),
    "tier_about_low_new": translatable(
        "estimated profit {value_money} so far, in the lower half, but came only once, {days} days ago"
    ),
    "tier_about_low_quiet": translatable(
        "estimated profit {value_money} so far, in the lower half, but away for {days} days"
    ),
    "tier_about_low_lost": translatable(
        "estimated profit {value_money} so far, in the lower half, but gone for {days} days"
    ),
    "tier_window_profit_rank": translatable("{value_money} profit in {window} days, place {rank}"),
    "tier_window_profit_rank_new": translatable(
        "{value_money} profit in {window} days, place {rank}, but came only once, {days} days ago"
    ),
    "tier_window_profit_rank_quiet": translatable(
        "{value_money} profit in {window} days, place {rank}, but away for {days} days"
    ),
    "tier_window_profit_rank_lost": translatable(
        "{value_money} profit in {window} days, place {rank}, but gone for {days} days"
    ),
    "tier_window_profit_share": translatable("{value_money} profit in {window} days, among the first {place_share}"),
    "tier_window_profit_share_new": translatable(
        "{value_money} profit in {window} days, among the first {place_share}, but came only once, {days} days ago"
    ),
    "tier_window_profit_share_quiet": translatable(
        "{value_money} profit in {window} days, among the first {place_share}, but away for {days} days"
    ),
    "tier_window_profit_share_lost": translatable(
        "{value_money} profit in {window} days, among the first {place_share}, but gone for {days} days"
    ),
    "tier_window_profit_low": translatable("{value_money} profit in {window} days, in the lower half"),
    "tier_window_profit_low_new": translatable(
        "{value_money} profit in {window} days, in the lower half, but came only once, {days} days ago"
    ),
    "tier_window_profit_low_quiet": translatable(
        "{value_money} profit in {window} days, in the lower half, but away for {days} days"
    ),
    "tier_window_profit_low_lost": translatable(
        "{value_money} profit in {window} days, in the lower half, but gone for {days} days"
    ),
    "tier_window_about_rank": translatable("estimated profit {value_money} in {window} days, place {rank}"),
    "tier_window_about_rank_new": translatable(
        "estimated profit {value_money} in {window} days, place {rank}, but came only once, {days} days ago"
    ),
    "tier_window_about_rank_quiet": translatable(
        "estimated profit {value_money} in {window} days, place {rank}, but away for {days} days"
    ),
    "tier_window_about_rank_lost": translatable(
        "estimated profit {value_money} in {window} days, place {rank}, but gone for {days} days"
    ),
    "tier_window_about_share": translatable(
        "estimated profit {value_money} in {window} days, among the first {place_share}"
    ),
    "tier_window_about_share_new": translatable(
        "estimated profit {value_money} in {window} days, among the first {place_share}, "
        "but came only once, {days} days ago"
    ),
    "tier_window_about_share_quiet": translatable(
        "estimated profit {value_money} in {window} days, among the first {place_share}, but away for {days} days"
    ),
    "tier_window_about_share_lost": translatable(
        "estimated profit {value_money} in {window} days, among the first {place_share}, but gone for {days} days"
    ),
    "tier_window_about_low": translatable("estimated profit {value_money} in {window} days, in the lower half"),
    "tier_window_about_low_new": translatable(
        "estimated profit {value_money} in {window} days, in the lower half, but came only once, {days} days ago"
    ),
    "tier_window_about_low_quiet": translatable(
        "estimated profit {value_money} in {window} days, in the lower half, but away for {days} days"
    ),
    "tier_window_about_low_lost": translatable(
        "estimated profit {value_money} in {window} days, in the lower half, but gone for {days} days"
    ),
    "tier_no_gain": translatable("{value_money} so far: nothing earned"),
    "tier_none_no_money": translatable("Bought, but no amounts are known"),
    "tier_none_no_purchases": translatable("No purchases yet"),
    "tier_none_only_name": translatable("Only a name so far"),
    "tier_none_by_choice": translatable("You keep no tiers"),
    "tier_none_no_intent": translatable("No intent noted yet"),
    "tier_intent": translatable("Intent {intent}"),
    "tier_points": translatable("{points} of 5 points"),
    "tier_points_new": translatable("{points} of 5 points, but came only once, {days} days ago"),
    "tier_points_quiet": translatable("{points} of 5 points, but away for {days} days"),
    "tier_points_lost": translatable("{points} of 5 points, but gone for {days} days"),
    "tier_lifted_value": translatable("{value_money}, one step up for its high potential"),
    "tier_lifted_points": translatable("{points} of 5 points, one step up for its high potential"),
    "tier_kept_value": translatable("{value_money}, close to a limit or only just moved: stays for now"),
    "tier_kept_points": translatable("{points} of 5 points, close to a limit or only just moved: stays for now"),
    "tier_excluded_power": translatable("Valuable, but its purchasing power is too low"),
    "tier_excluded_potential": translatable("Valuable, but its potential is low"),
    "tier_excluded_new": translatable("Valuable, but too new"),
    "tier_excluded_small": translatable("Valuable, but its orders are small"),
    "tier_excluded_loyalty": translatable("Valuable, but not loyal"),
    "tier_excluded_complaints": translatable("Valuable, but complains often"),
    "tier_excluded_needs": translatable("Valuable, but its needs are unclear or noted long ago"),
    "tier_excluded_industry": translatable("Valuable, but not in a target industry"),
    "tier_excluded_cross_selling": translatable("Valuable, but nothing more to sell to it"),
    "tier_excluded_thin_region": translatable("Valuable, but in a thinly peopled region"),
    "tier_excluded_full_region": translatable("Valuable, but in a saturated region"),
    "tier_excluded_off_region": translatable("Valuable, but outside the regions you aim at"),
    "tier_decided": translatable("You decided"),
    "tier_decided_why": translatable("You decided: {why}"),
    # stages
    "stage_prospect": translatable("No purchase and no talk yet"),
    "stage_prospect_given": translatable('No purchases known; your sheet says "{given}"'),
    "stage_talked": translatable("Talked on {talked_on}, no order yet"),
    "stage_given": translatable('Your sheet says "{given}", no order yet'),
    "stage_undated": translatable("Bought {orders} times, the days are unknown"),
    "stage_new": translatable("First order {days} days ago"),
    "stage_active": translatable("Usually every {usual} days, now {days}"),
    "stage_active_few": translatable("Came back once after {usual} days, now {days}; little data"),
    "stage_active_once": translatable(
        "Last order {days} days ago; others usually come back after {others} days; little data"
    ),
    "stage_active_sum": translatable(
        "Bought {count} times, last {days} days ago; others usually every {others} days; little data"
    ),
    "stage_active_alone": translatable("Last order {days} days ago; little data"),
    "stage_loyal": translatable("Came {count} times, usually every {usual} days, now {days}"),
    "stage_won_back": translatable("Away for {pause} days, back on {returned_on}"),
    "stage_dormant": translatable("Usually every {usual} days, now {days} ({times} times); quiet since {quiet_on}"),
    "stage_dormant_paused": translatable(
        "Usually every {usual} days, now {days} ({times} times); quiet since {quiet_on}; "
        "{pauses} such pauses before, the longest {longest} days"
    ),
    "stage_dormant_few": translatable("Came back once after {usual} days, now {days}; little data"),
    "stage_dormant_once": translatable(
        "Came once, {days} days ago; others usually come back after {others} days; little data"
    ),
    "stage_dormant_sum": translatable(
        "Bought {count} times, last {days} days ago; others usually every {others} days; little data"
    ),
    "stage_dormant_alone": translatable("Last order {days} days ago; little data"),
    "stage_lost": translatable("Usually every {usual} days, now {days} ({times} times); quiet since {quiet_on}"),
    "stage_lost_paused": translatable(
        "Usually every {usual} days, now {days} ({times} times); quiet since {quiet_on}; "
        "{pauses} such pauses before, the longest {longest} days"
    ),
    "stage_lost_few": translatable("Came back once after {usual} days, now {days}; little data"),
    "stage_lost_once": translatable(
        "Came once, {days} days ago; others usually come back after {others} days; little data"
    ),
    "stage_lost_sum": translatable(
        "Bought {count} times, last {days} days ago; others usually every {others} days; little data"
    ),
    "stage_lost_alone": translatable("Last order {days} days ago; little data"),
    "stage_decided": translatable("You decided"),
    "stage_decided_why": translatable("You decided: {why}"),
    # the policy in words
    "policy_measure_total": translatable("Ranked by what they paid"),
    "policy_measure_profit": translatable(
        "Ranked by profit; where a cost is unknown, the shop's margin of {margin_share} stands in"
    ),
    "policy_window_all": translatable("All purchases count"),
    "policy_window": translatable("Purchases of the last {window} days count"),
    "policy_level_first_total": translatable(
        "{level}: the best, who together paid the first {until_share} of all money; from {value_money} each"
    ),
    "policy_level_total": translatable("{level}: the next, up to {until_share} of all money; from {value_money} each"),
    "policy_level_first_profit": translatable(
        "{level}: the best, who together bring the first {until_share} of all profit; from {value_money} each"
    ),
    "policy_level_profit": translatable(
        "{level}: the next, up to {until_share} of all profit; from {value_money} each"
    ),
    "policy_level_last": translatable("{level}: everybody else who bought"),
    "policy_cap_quiet": translatable("Gone quiet: {level} at best"),
    "policy_cap_lost": translatable("Lost: {level} at best"),
    "policy_cap_new": translatable("Came only once: {level} at best until the next order"),
    "policy_rhythm": translatable("Quiet and lost follow from each customer's own rhythm, never from one fixed limit"),
    "policy_no_tier": translatable("Without purchases there is no tier"),
    "policy_pareto": translatable("The best fifth bring {best_share}; {count} of {buyers} customers bring 80%"),
    "policy_run": translatable("Limits set on {run_on}, from purchases up to {as_of_on}"),
    "policy_not_run": translatable("No limits yet: there are no purchases"),
    # today: why this one
    "today_promise": translatable("Promised: {summary}"),
    "today_promise_late": translatable("Promised: {summary}, {days} days overdue"),
    "today_promise_bare": translatable("Promised for today"),
    "today_promise_bare_late": translatable("Promised, {days} days overdue"),
    "today_due": translatable("Due today: {summary}"),
    "today_due_late": translatable("{summary}, {days} days overdue"),
    "today_due_bare": translatable("Due today"),
    "today_due_bare_late": translatable("Due {days} days ago"),
    "today_quiet": translatable("Gone quiet: usually every {usual} days, now {days}"),
    "today_quiet_worth": translatable(
        "Gone quiet: usually every {usual} days, now {days}, worth {worth_money} each time"
    ),
    "today_quiet_once": translatable("Gone quiet: came once, {days} days ago"),
    "today_lost": translatable("Long gone: usually every {usual} days, now {days}"),
    "today_lost_worth": translatable(
        "Long gone: usually every {usual} days, now {days}, worth {worth_money} each time"
    ),
    "today_lost_once": translatable("Long gone: came once, {days} days ago"),
    "today_second_order": translatable("New: first order {days} days ago, waiting for the second"),
    "today_second_due": translatable(
        "New: first order {days} days ago; half of those who come again are back after {usual} days"
    ),
    "today_review": translatable("You wanted to look at the tier rules again on {review_on}: Settings, tier rules."),
    "today_in_talks": translatable("In talks, last contact on {last_on}"),
    "today_in_talks_never": translatable("In talks, nothing noted yet"),
    "today_cadence": translatable("At least every {cadence} days; last contact on {last_on}"),
    "today_never": translatable("Never contacted yet"),
    # today: what was last, what to ask
    "last_order": translatable("Last: {order_on}"),
    "last_order_money": translatable("Last: {order_on} {amount_money}"),
    "last_said": translatable("Last: {said_on} {said}"),
    "last_order_said": translatable("Last: {order_on} · {said_on} {said}"),
    "last_order_money_said": translatable("Last: {order_on} {amount_money} · {said_on} {said}"),
    "ask_quiet": translatable("Ask: whom do they buy from now?"),
    "ask_lost": translatable("Ask: why did they stop coming?"),
    "ask_new": translatable("Ask: how was the first order?"),
    "ask_in_talks": translatable("Ask: what is still missing for a yes?"),
    "ask_prospect": translatable("Ask: what do they use today, and how often?"),
    "ask_regular": translatable("Ask: how are things going, what do they need?"),
}
