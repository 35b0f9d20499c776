package dev.kysera.migrations.internal.recording;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement as it was sent.
 *
 * @param sql its text
 * @param prepared whether question marks in it are parameters
 * @param parameters the values that were bound, a list for each time that it was executed with
 *     some; empty if it has no parameters
 * @param rendered the same as text with its values, as the driver writes it, for each list of
 *     parameters; empty where the values alone say all
 * @param duration how long the call took
 * @param rows how many rows it has changed, negative if that is not known or it returns rows
 * @param failure what the driver has thrown
 */
public record Sent(
    String sql,
    boolean prepared,
    List<List<@Nullable Object>> parameters,
    List<String> rendered,
    Duration duration,
    long rows,
    Optional<Throwable> failure) {}
