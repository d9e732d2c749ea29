//! What every engine must do alike. Each case runs on a fresh SQLite file and on a fresh database of a
//! PostgreSQL server that the test starts itself.

#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod alerts;
mod bookings;
mod checkout;
mod feeds;
mod live;
mod model;
mod network;
mod outbox;
mod reservations;
mod review_conversations;
mod review_desk;
mod review_lists;
mod review_words;
mod reviews;
mod similar;
mod sizes;
mod sources;
mod staff;
mod staff_stock;
mod stock;
mod stores;
mod told;

use std::{
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use devanture_storage::test_support::{PostgresServer, SqliteFile};

macro_rules! contract {
    ($($module:ident :: $case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                let file = super::SqliteFile::new().await;
                super::$module::$case(&file.database).await;
            })+
        }

        /// One test, since the server takes longer to start than all cases take to run.
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn postgres() {
            let server = PostgresServer::start();
            $(
                eprintln!("{}", stringify!($module::$case));
                let database = server.database().await;
                $module::$case(&database).await;
                database.close().await;
            )+
        }
    };
}

contract! {
    sizes::charts_round_trip_and_the_most_special_holds,
    sizes::of_two_who_change_a_chart_one_is_told,
    sizes::what_is_left_in_each_size,
    sizes::what_was_sold_and_kept_of_each_size,
    sizes::figures_add_up,
    sizes::memories_are_changed_by_their_version,
    sizes::of_several_writers_one_changes_a_memory,
    sizes::erased_memories_say_so_until_they_are_forgotten,
    network::migrations_are_idempotent,
    network::sites_round_trip,
    network::labels_keep_their_order,
    network::revision_counts_saved_changes_only,
    stores::round_trip,
    stores::absent_is_none,
    stores::dropped_is_undone,
    stores::import_keeps_local_edits,
    stores::given_back_to_head_office,
    stores::import_takes_only_what_the_file_has,
    stores::streamed_in_order,
    bookings::found_by_token_only,
    bookings::same_key_same_appointment,
    bookings::same_key_other_body,
    bookings::capacity_under_concurrency,
    bookings::same_key_at_once_books_once,
    bookings::cancelling_frees_the_time,
    bookings::contacts_are_erased_apart,
    stock::catalogue_round_trip,
    stock::descriptions_of_products,
    stock::many_rows_at_once,
    stock::looked_at_together,
    stock::an_older_count_changes_nothing,
    stock::what_a_count_does_not_say_stays,
    stock::moves_in_any_order,
    stock::a_move_before_its_count,
    told::says_what_came_of_it,
    told::told_at_once,
    told::any_order_and_any_number_of_times,
    sources::taken_by_one,
    sources::stale_is_told_once,
    sources::stale_and_fresh_are_events,
    staff_stock::products_by_their_words,
    staff_stock::a_count_by_staff_is_a_count,
    staff_stock::of_two_counts_at_once_one_holds,
    live::counters_of_what_changed,
    live::raised_by_several_at_once,
    feeds::applied_as_counts_are,
    feeds::what_a_feed_does_not_say_stays,
    feeds::what_could_not_be_read_is_not_emptied,
    feeds::held_and_decided,
    feeds::one_of_a_source_at_a_time,
    feeds::goes_on_after_a_crash,
    feeds::sold_meanwhile,
    feeds::reserved_pieces_stay_reserved,
    feeds::offers_of_stores,
    reservations::held_until_collected,
    reservations::a_code_is_one_reservations,
    reservations::all_or_nothing,
    reservations::every_end_gives_back,
    reservations::a_refusal_corrects_the_figure,
    reservations::passed_on_with_its_pieces,
    reservations::due_and_counted_per_person,
    reservations::several_at_once_get_what_there_is,
    reservations::people_are_erased_apart,
    reservations::never_promised_twice,
    reservations::same_key_holds_once,
    reviews::read_before_it_is_shown,
    reviews::written_anew_and_taken_away,
    reviews::links_are_used_once,
    reviews::of_two_at_once_one_uses_the_link,
    reviews::counts_are_those_of_what_is_shown,
    review_lists::every_order_page_by_page,
    review_lists::narrowed_down,
    review_lists::voices_of_readers,
    review_lists::photos_belong_to_one_review,
    review_lists::a_person_has_and_erases,
    review_lists::taken_over_once,
    review_lists::changes_are_seen_by_their_number,
    review_lists::asked_once_after_what_was_collected,
    review_conversations::one_says_and_the_other_answers,
    review_conversations::those_of_a_store_are_counted_for_it,
    review_conversations::it_goes_with_its_author_or_with_time,
    review_desk::the_queue_is_narrowed_down,
    review_desk::a_photo_goes_on_its_own,
    review_desk::who_was_asked_and_what_came_of_it,
    review_words::found_as_by_reading_all,
    review_words::found_while_they_are_shown,
    outbox::told_if_it_happened,
    outbox::told_of_the_next_store_and_of_what_is_not_paid,
    outbox::each_delivery_has_one_taker,
    outbox::again_after_the_lease_and_until_it_is_done,
    outbox::programs_and_links,
    outbox::given_up_seen_tried_again_and_forgotten,
    alerts::of_one_person_and_place_there_is_one,
    alerts::same_person_at_once,
    alerts::looked_at_by_what_is_waited_for,
    alerts::told_once_by_several_at_once,
    alerts::the_address_goes_with_the_letter,
    alerts::given_up_erased_and_forgotten,
    similar::of_its_brand_then_of_its_category,
    similar::only_what_nobody_holds,
    checkout::paid_once_and_the_store_is_asked,
    checkout::paid_too_late,
    checkout::proposed_and_taken,
    checkout::a_proposal_that_is_gone,
    staff::logins_are_unique_in_a_tenant,
    staff::a_login_is_found_without_its_tenant_if_it_is_the_only_one,
    staff::sessions_end_by_idling_and_by_age,
    staff::sessions_end_with_a_password_or_an_account,
    staff::failed_sign_ins_lock_a_login,
    staff::attempts_at_once_are_all_counted,
    staff::keys_are_found_by_their_secret_until_revoked,
    staff::the_audit_log_is_read_page_by_page,
}

/// The test runs itself once more, kills that, and reads until nothing holds its output any more.
#[test]
fn postgres_ends_with_a_process_that_is_killed() {
    const STARTS: &str = "DEVANTURE_STARTS_POSTGRES";
    if std::env::var_os(STARTS).is_some() {
        let server = PostgresServer::start();
        eprintln!("in {}", server.directory().display());
        loop {
            std::thread::park();
        }
    }
    let mut started = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "postgres_ends_with_a_process_that_is_killed", "--nocapture"])
        .env(STARTS, "1")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(started.stderr.take().unwrap()).lines().map(Result::unwrap);
    let directory = lines.find_map(|line| line.strip_prefix("in ").map(PathBuf::from)).unwrap();
    let lock = std::fs::read_to_string(directory.join("data/postmaster.pid")).unwrap();
    // One that has ended is still listed, without a command line, until somebody waits for it.
    let command_line = Path::new("/proc").join(lock.lines().next().unwrap()).join("cmdline");
    let runs = || std::fs::read_to_string(&command_line).is_ok_and(|line| !line.is_empty());
    assert_eq!(runs(), cfg!(target_os = "linux"));
    started.kill().unwrap();
    started.wait().unwrap();
    assert_eq!(lines.collect::<Vec<_>>(), [""; 0]);
    assert!(!runs(), "{} is not gone", command_line.display());
    assert!(!directory.exists(), "{} is still there", directory.display());
}

#[tokio::test]
async fn refuses_what_is_no_database() {
    let refused = devanture_storage::Database::open("mysql://localhost/x").await;
    assert!(matches!(refused, Err(devanture_storage::StorageError::Location(_))));
}

#[tokio::test]
async fn a_path_may_hold_url_syntax() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("50% off? #1 é.db");
    let database = devanture_storage::Database::open(path.to_str().unwrap()).await.unwrap();
    database.migrate().await.unwrap();
    assert!(path.exists());
}

#[tokio::test]
async fn sqlite_is_durable_and_concurrent() {
    let file = SqliteFile::new().await;
    let mut repository = file.database.write().await.unwrap();
    repository.put_tenant("t", "T").await.unwrap();
    repository.save().await.unwrap();
    let wal = format!("{}-wal", file.path());
    assert!(std::path::Path::new(&wal).exists(), "not in WAL mode");
}
