"""What a tool does to the world, by its name and by what its code calls: money that is set in motion is not taken back."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.code.effects import effect_of_tool


@pytest.mark.parametrize(
    ("name", "calls", "effect"),
    [
        ("authorizePayment", (), "irreversible"),
        ("process_refund", (), "irreversible"),
        ("make_payment", (), "irreversible"),
        ("verifyPayment", (), "reads"),
        ("reset_camera", (), "writes"),
        ("reset_page_rate_limit", (), "writes"),
        ("reset_password", (), "irreversible"),
        ("crawl_page", ("fetch", "add_documents_to_supabase"), "writes"),
        ("search_pages", ("add_words_to_query",), "reads"),
        ("displayBoardingPass", (), "reads"),
        ("structured_rag", ("requests.post",), "reads"),
        ("sync_orders", ("requests.post",), "writes"),
        ("get_orders", ("requests.delete",), "irreversible"),
        ("process_document", (), "unknown"),
        ("refundPolicyLookup", (), "reads"),
        ("refund_order", (), "irreversible"),
        ("run_analysis", (), "reads"),
        ("run_shell_command", (), "irreversible"),
        ("run_sql_query", (), "irreversible"),
        ("run_errand", (), "unknown"),
        ("agent_run", (), "unknown"),
        ("code_run", (), "irreversible"),
        ("remove_from_cart", (), "writes"),
        ("remove_customer", (), "irreversible"),
        ("cancelScheduledTask", (), "writes"),
        ("cancel_reminder", (), "writes"),
        ("cancel_order", (), "irreversible"),
        ("drag_and_drop", (), "writes"),
        ("submit_result", (), "unknown"),
        ("submit_final_answer", (), "unknown"),
        ("tool_run_backtest", (), "reads"),
        ("tool_run_sql", (), "irreversible"),
        ("tool_archive_run", (), "writes"),
        ("review_buy_side_pack", (), "reads"),
        ("submit_claim", (), "irreversible"),
        ("drop_table", (), "irreversible"),
        ("neptune_bulk_load", (), "writes"),
        ("neptune_bulk_load_status", (), "reads"),
        ("get_bulk_load", (), "reads"),
        ("load_orders", (), "reads"),
        ("browser_close", (), "unknown"),
        ("close_ticket", (), "irreversible"),
        ("askAgent", (), "unknown"),
        ("ask_human_for_help", (), "unknown"),
        ("ask_documents", (), "reads"),
        ("transfer_to_agent", (), "reads"),
        ("s3_transfer_to_root", (), "reads"),
        ("transfer_to_human_agent", (), "irreversible"),
        ("send_email", (), "irreversible"),
        ("slack_post_message", (), "irreversible"),
        ("send_channel_message", (), "irreversible"),
        ("send_message", (), "writes"),
        ("get_email_to_send", (), "reads"),
        ("draft_email", (), "reads"),
        ("extract_logs", ("eval",), "reads"),
        ("calculate", ("eval",), "irreversible"),
        ("transfer_to_account", (), "irreversible"),
        ("refund_fee", ("args.get", "now.isoformat"), "unknown"),
        ("add_numbers", ("int", "sum"), "reads"),
        ("addDays", ("plusDays", "format"), "reads"),
        ("add_customer", (), "writes"),
        ("unpublish_page", (), "writes"),
        ("reorder_items", (), "writes"),
        ("list_start_times", (), "reads"),
    ],
)
def test_the_effect_of_a_tool(name: str, calls: tuple[str, ...], effect: str) -> None:
    assert effect_of_tool(name, calls)[0] == effect


@pytest.mark.parametrize(
    ("name", "word"), [("runSmaCrossoverBacktest", "backtest"), ("runTechnicalAnalysisAgent", "analysis")]
)
def test_the_reason_names_the_word_that_says_it(name: str, word: str) -> None:
    assert effect_of_tool(name) == ("reads", f"by its name: {word}")
