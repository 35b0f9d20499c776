package dev.kysera.migrations.internal;

import dev.kysera.migrations.Direction;
import java.time.Instant;

/**
 * The row of the journal that holds the open slot.
 *
 * @param id the id of the attempt
 * @param name the name of the migration
 * @param direction the way it was run
 * @param started whether nobody has recorded its end; false once it was recorded as failed
 * @param dirty whether something of it may have been committed
 * @param owner who made it, as host/pid/thread
 * @param sessionRef the session that made it, in the dialect's terms
 * @param startedAt when it was made, for people
 */
record OpenAttempt(
    String id,
    String name,
    Direction direction,
    boolean started,
    boolean dirty,
    String owner,
    String sessionRef,
    Instant startedAt) {}
