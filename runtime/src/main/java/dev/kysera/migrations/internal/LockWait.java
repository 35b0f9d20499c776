package dev.kysera.migrations.internal;

import dev.kysera.migrations.MigrationLockException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The wait for another run: bounded, by a monotonic clock, and never silent. Polls, because a
 * blocked statement could neither tell who is waited for nor be given up.
 */
final class LockWait implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration FIRST_NOTICE = Duration.ofSeconds(1);
  private static final Duration NOTICE_INTERVAL = Duration.ofSeconds(10);

  private final Duration timeout;
  private final RunLog log;
  private final Listeners listeners;
  private final long startedAt = System.nanoTime();
  private Duration pause = FIRST_PAUSE;
  private Duration nextNotice = FIRST_NOTICE;
  private Optional<Object> recorded = Optional.empty();
  private String lastWaiter = "";
  private Optional<String> lastHolder = Optional.empty();
  private boolean gaveUp;

  LockWait(Duration timeout, RunLog log, Listeners listeners) {
    this.timeout = timeout;
    this.log = log;
    this.listeners = listeners;
  }

  private Duration waited() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private Duration remaining() {
    Duration remaining = timeout.minus(waited());
    return remaining.isNegative() ? Duration.ZERO : remaining;
  }

  boolean isOver() {
    return remaining().isZero();
  }

  /** How long the database may block before it is our turn again to say what we wait for. */
  Duration slice() {
    return min(remaining(), LONGEST_PAUSE);
  }

  /**
   * Waits a little, unless the time is up.
   *
   * @return false if it is up
   * @throws MigrationLockException if the thread was interrupted
   */
  boolean pausesStill(String waiter, Supplier<Optional<String>> asked) {
    return pausesStill(waiter, asked, Lines::waiting);
  }

  private boolean pausesStill(
      String waiter,
      Supplier<Optional<String>> asked,
      BiFunction<Duration, Optional<String>, String> notice) {
    if (isOver()) {
      gaveUp = true;
      return false;
    }
    noticeAndSleep(waiter, asked, notice);
    return true;
  }

  /**
   * Waits a little, if there is time left, for somebody who need not have begun yet.
   *
   * @param waiter who waits, as messages begin
   * @param runner who is at work, if anybody is
   * @param pending how many migrations are waited for
   * @throws MigrationLockException if the thread was interrupted
   */
  void pauseForPending(String waiter, Optional<String> runner, int pending) {
    pausesStill(
        waiter,
        () -> runner,
        (waited, holder) ->
            holder.isPresent()
                ? Lines.waiting(waited, holder)
                : Lines.waitingForPending(waited, pending));
  }

  /**
   * Waits a little.
   *
   * @param waiter who waits, as messages begin
   * @param asked who is waited for, where the database tells; asked only when it is going to be
   *     said
   * @throws MigrationLockException if the time is up or the thread was interrupted
   */
  void pause(String waiter, Supplier<Optional<String>> asked) {
    if (!pausesStill(waiter, asked)) {
      Optional<String> holder = asked.get();
      lastHolder = holder;
      throw new MigrationLockException(holder, Messages.lockTimeout(waiter, timeout, holder));
    }
  }

  private void noticeAndSleep(
      String waiter,
      Supplier<Optional<String>> asked,
      BiFunction<Duration, Optional<String>, String> notice) {
    lastWaiter = waiter;
    if (recorded.isEmpty()) {
      recorded = FlightEvents.beginWait();
    }
    if (waited().compareTo(nextNotice) >= 0) {
      Optional<String> holder = asked.get();
      lastHolder = holder;
      log.info(notice.apply(waited(), holder));
      listeners.waitingForLock(waited(), holder);
      nextNotice = waited().plus(NOTICE_INTERVAL);
    }
    try {
      TimeUnit.NANOSECONDS.sleep(jittered(min(pause, remaining())).toNanos());
    } catch (InterruptedException e) {
      gaveUp = true;
      Optional<String> holder = asked.get();
      Thread.currentThread().interrupt();
      throw new MigrationLockException(holder, Messages.waitInterrupted(waiter, holder));
    }
    pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
  }

  /** Waiters that started together must not come back together. */
  private static Duration jittered(Duration pause) {
    return Duration.ofNanos(
        (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1)));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** The wait is over, one way or the other; there may have been none. */
  @Override
  public void close() {
    recorded.ifPresent(wait -> FlightEvents.endWait(wait, lastWaiter, lastHolder, !gaveUp));
    recorded = Optional.empty();
  }
}
