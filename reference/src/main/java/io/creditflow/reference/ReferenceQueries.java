package io.creditflow.reference;

import io.creditflow.answer.AlertItem;
import io.creditflow.answer.AlertsQuery;
import io.creditflow.answer.CampaignAnswer;
import io.creditflow.answer.CampaignItem;
import io.creditflow.answer.CampaignsQuery;
import io.creditflow.answer.CreditQueries;
import io.creditflow.answer.CreditsAnswer;
import io.creditflow.answer.EventAnswer;
import io.creditflow.answer.HistoryAnswer;
import io.creditflow.answer.HistoryQuery;
import io.creditflow.answer.HistoryRow;
import io.creditflow.answer.InvalidQueryException;
import io.creditflow.answer.Page;
import io.creditflow.answer.PreviewAnswer;
import io.creditflow.answer.PreviewQuery;
import io.creditflow.answer.TrendsAnswer;
import io.creditflow.answer.TrendsQuery;
import io.creditflow.answer.WorkspaceItem;
import io.creditflow.reference.HistoryPage.Cursor;
import io.creditflow.reference.HistoryPage.Line;
import io.creditflow.zone.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The referee's answers at one instant; no forecasts, no alerts. */
public final class ReferenceQueries implements CreditQueries {
  private final SortedMap<String, Book> books;
  private final List<Cursor> cursors;
  private final Rules rules;
  private final Instant now;

  /** The walk and the rows of a book at this instant, kept because they are asked for so often. */
  private final Map<Book, Walk> presents = new HashMap<>();

  private final Map<Book, List<Line>> lines = new HashMap<>();

  ReferenceQueries(SortedMap<String, Book> books, List<Cursor> cursors, Rules rules, Instant now) {
    this.books = books;
    this.rules = rules;
    this.cursors = cursors;
    this.now = now;
  }

  @Override
  public Optional<CreditsAnswer> credits(String workspaceId, Instant at) {
    if (at != null && at.isAfter(now)) {
      throw new InvalidQueryException("at", "is after now");
    }
    return book(workspaceId)
        .map(
            book ->
                at == null
                    ? CreditsPage.present(workspaceId, book, present(book), now)
                    : CreditsPage.past(workspaceId, book, Walk.through(book, at), at));
  }

  @Override
  public Optional<TrendsAnswer> trends(String workspaceId, TrendsQuery query) {
    return book(workspaceId).map(book -> trendsPage(book, book.zone()).answer(query));
  }

  /** Trends in another zone than the present one, as they are served during a recount. */
  public Optional<TrendsAnswer> trends(String workspaceId, TrendsQuery query, String zone) {
    return book(workspaceId)
        .map(book -> trendsPage(book, TimeZones.inUse().of(zone)).answer(query));
  }

  @Override
  public Optional<Page<CampaignItem>> campaigns(String workspaceId, CampaignsQuery query) {
    int start = query.cursor() == null ? 0 : Integer.parseInt(query.cursor());
    return book(workspaceId)
        .map(
            book -> {
              List<CampaignItem> items = CampaignsPage.items(book, query);
              int end = Math.min(items.size(), start + query.limit());
              return new Page<>(
                  items.subList(start, end), end == items.size() ? null : Integer.toString(end));
            });
  }

  @Override
  public Optional<CampaignAnswer> campaign(String workspaceId, String campaignId) {
    return book(workspaceId)
        .filter(book -> book.campaignIds().contains(campaignId))
        .map(
            book -> {
              LocalDate today = Days.of(now, book.zone());
              return new CampaignAnswer(
                  CampaignsPage.item(book, campaignId),
                  trendsPage(book, book.zone()).points(campaignId, today.minusDays(29), today));
            });
  }

  /** All rows that the query shows, on one page. */
  public List<HistoryRow> rows(String workspaceId, HistoryQuery query) {
    Book book = books.get(workspaceId);
    return shown(lines(book), query, book).map(Line::row).toList();
  }

  /** A cursor is a number under which the place was noted. */
  @Override
  public Optional<HistoryAnswer> history(String workspaceId, HistoryQuery query) {
    return book(workspaceId)
        .map(
            book -> {
              List<Line> lines = lines(book);
              Cursor cursor =
                  query.cursor() == null ? null : cursors.get(Integer.parseInt(query.cursor()));
              List<Line> rest = cursor == null ? lines : HistoryPage.older(lines, cursor.last());
              boolean changed = cursor != null && cursor.changed(lines);
              List<Line> page = shown(rest, query, book).limit(query.limit() + 1L).toList();
              String next = null;
              if (page.size() > query.limit()) {
                page = page.subList(0, query.limit());
                next = Integer.toString(cursors.size());
                cursors.add(Cursor.after(lines, page.get(query.limit() - 1)));
              }
              return new HistoryAnswer(page.stream().map(Line::row).toList(), changed, next);
            });
  }

  private static Stream<Line> shown(List<Line> lines, HistoryQuery query, Book book) {
    ZoneId zone = book.zone();
    return lines.stream().filter(line -> HistoryPage.shown(line.row(), query, zone));
  }

  @Override
  public Optional<Page<AlertItem>> alerts(String workspaceId, AlertsQuery query) {
    return book(workspaceId).map(book -> new Page<>(List.of(), null));
  }

  @Override
  public Optional<EventAnswer> event(String workspaceId, String eventId) {
    return book(workspaceId).flatMap(book -> EventPage.of(book, present(book), eventId));
  }

  @Override
  public Optional<PreviewAnswer> preview(String workspaceId, PreviewQuery query) {
    return book(workspaceId).map(book -> PreviewPage.of(book, rules, now, query));
  }

  @Override
  public Page<WorkspaceItem> workspaces(String after, int limit) {
    List<WorkspaceItem> items =
        books.keySet().stream()
            .filter(id -> after == null || Utf8.ORDER.compare(id, after) > 0)
            .map(id -> workspace(id).orElseThrow())
            .toList();
    if (items.size() <= limit) {
      return new Page<>(items, null);
    }
    return new Page<>(items.subList(0, limit), items.get(limit - 1).workspaceId());
  }

  @Override
  public Optional<WorkspaceItem> workspace(String workspaceId) {
    return book(workspaceId)
        .map(book -> new WorkspaceItem(workspaceId, book.name(), TimeZones.idOf(book.zone())));
  }

  /** The referee keeps no versions: every answer may differ from the one before. */
  @Override
  public long version(String workspaceId) {
    return books.containsKey(workspaceId) ? System.nanoTime() : -1;
  }

  @Override
  public Instant validUntil(String workspaceId) {
    return now.plusMillis(1);
  }

  private TrendsPage trendsPage(Book book, ZoneId zone) {
    return new TrendsPage(book, present(book), now, zone);
  }

  private Walk present(Book book) {
    return presents.computeIfAbsent(book, same -> Walk.present(same, now));
  }

  private List<Line> lines(Book book) {
    return lines.computeIfAbsent(book, same -> HistoryPage.lines(same, present(same)));
  }

  Optional<Book> book(String workspaceId) {
    return Optional.ofNullable(books.get(workspaceId));
  }
}
