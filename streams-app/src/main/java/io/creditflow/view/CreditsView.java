package io.creditflow.view;

import io.creditflow.event.Utf8Order;
import io.creditflow.grant.BurnDown;
import io.creditflow.grant.BurnDown.Account;
import io.creditflow.grant.Grant;
import io.creditflow.query.CreditsResponse;
import io.creditflow.query.CreditsResponse.GrantItem;
import io.creditflow.query.CreditsResponse.GrantStatus;
import io.creditflow.query.CreditsResponse.Period;
import io.creditflow.query.CreditsResponse.Runway;
import io.creditflow.workspace.WorkspaceDays;
import io.creditflow.workspace.WorkspaceRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Builds the answer to a credits query from a balance. */
final class CreditsView {
  private static final Comparator<Grant> EXPIRES_FIRST =
      Comparator.comparingLong(Grant::expiresAt).thenComparing(Grant::grantId, Utf8Order.INSTANCE);

  private CreditsView() {}

  /**
   * @param burnDown the burn-down of the workspace's grants, advanced to {@code at}
   * @param at milliseconds since 1970
   * @param runway null for an instant in the past
   */
  static CreditsResponse answer(
      WorkspaceSnapshot workspace, BurnDown burnDown, long at, Runway runway) {
    WorkspaceRow row = workspace.row();
    List<Account> live = burnDown.live();
    long allocated = burnDown.allocated();
    long remaining = burnDown.remaining();
    Long expiresAt =
        live.stream()
            .filter(account -> account.rest() > 0 && account.grant().expiresAt() != Grant.NEVER)
            .map(account -> account.grant().expiresAt())
            .min(Comparator.naturalOrder())
            .orElse(null);
    return new CreditsResponse(
        workspace.id(),
        row.name(),
        row.timeZone(),
        remaining,
        allocated,
        allocated - remaining,
        burnDown.overage(),
        expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
        expiresAt == null ? null : (Long) new WorkspaceDays(row.zone()).between(at, expiresAt),
        period(burnDown).orElse(null),
        workspace.balance().grants().stream()
            .map(grant -> item(burnDown.account(grant.grantId()), at))
            .toList(),
        runway);
  }

  /**
   * The credit period: from the start to the expiry of the live grant that expires first, whether
   * it is depleted or not.
   */
  static Optional<Period> period(BurnDown burnDown) {
    return burnDown.live().stream()
        .map(Account::grant)
        .filter(grant -> grant.expiresAt() != Grant.NEVER)
        .min(EXPIRES_FIRST)
        .map(
            grant ->
                new Period(
                    Instant.ofEpochMilli(grant.effectiveAt()),
                    Instant.ofEpochMilli(grant.expiresAt())));
  }

  private static GrantItem item(Account account, long at) {
    Grant grant = account.grant();
    return new GrantItem(
        grant.grantId(),
        grant.amount(),
        account.rest(),
        account.drawn(),
        account.forfeited(),
        Instant.ofEpochMilli(grant.effectiveAt()),
        grant.expiresAt() == Grant.NEVER ? null : Instant.ofEpochMilli(grant.expiresAt()),
        grant.priority(),
        status(account, at));
  }

  private static GrantStatus status(Account account, long at) {
    Grant grant = account.grant();
    if (grant.neverLive()) {
      return at >= grant.voidedAt() ? GrantStatus.VOIDED : GrantStatus.SCHEDULED;
    } else if (at < grant.effectiveAt()) {
      return GrantStatus.SCHEDULED;
    } else if (account.live()) {
      return account.rest() > 0 ? GrantStatus.ACTIVE : GrantStatus.DEPLETED;
    }
    return grant.endsByVoid() ? GrantStatus.VOIDED : GrantStatus.EXPIRED;
  }
}
