package dev.kysera.migrations.internal;

import java.util.ArrayList;
import java.util.List;

/** Gives migrations the names in our tables that they have in the code. */
final class Renaming {

  private Renaming() {}

  /**
   * Renames what was seen under a former name, in one transaction that holds the open slot: no
   * attempt under a former name is at work then. Another run may have done it meanwhile.
   *
   * @param seen the history, with one renamed row at least, when nobody was at work; if its slot is
   *     taken by what the run makes again, that keeps others away too
   */
  static void of(
      Snapshot seen, Session session, Journal journal, HistoryReader reader, RunContext context) {
    Attempt claim = Attempt.holding(seen.renamed().get(0).name());
    boolean free = seen.open().isEmpty();
    List<HistoryRow> done = new ArrayList<>();
    ExclusiveWrite.of(
        claim.name(),
        session,
        journal,
        reader,
        context,
        () -> {
          done.clear();
          if (free) {
            journal.claim(claim);
          }
          Snapshot current = reader.readInTransaction();
          if (free) {
            journal.adopt(current.strangers(), claim);
          }
          for (HistoryRow row : current.renamed()) {
            journal.rename(row.storedName(), row.name());
            done.add(row);
          }
          if (free) {
            journal.withdraw(claim);
          }
        });
    done.forEach(row -> context.log().info(Lines.renamed(row)));
  }
}
