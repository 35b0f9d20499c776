package dev.kysera.migrations.internal.recording;

import dev.kysera.migrations.RehearsedStatement.TableLock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A statement that a migration has sent. The rows that it returns are counted as they are read. */
public final class Recorded {

  private static final int UNKNOWN = -1;

  private final String migration;
  private final Sent sent;
  private final List<TableLock> locks;
  private final AtomicLong rows;

  Recorded(String migration, Sent sent, List<TableLock> locks) {
    this.migration = migration;
    this.sent = sent;
    this.locks = List.copyOf(locks);
    this.rows = new AtomicLong(sent.rows());
  }

  /** The migration that has sent it. */
  public String migration() {
    return migration;
  }

  /** What was sent. */
  public Sent sent() {
    return sent;
  }

  /** The locks that it took. */
  public List<TableLock> locks() {
    return locks;
  }

  /** How many rows it has changed or was asked for; negative if that is not known. */
  public long rows() {
    return rows.get();
  }

  /** It returns rows, which will be counted. */
  void returnsRows() {
    rows.compareAndSet(UNKNOWN, 0);
  }

  void countRow() {
    rows.incrementAndGet();
  }
}
