package dev.kysera.migrations.benchmarks;

/**
 * One measured figure.
 *
 * @param part the measurement it belongs to, such as {@code cold}
 * @param database what it was measured on, {@code -} for none
 * @param contestant whose it is, such as {@code flyway-sql}
 * @param migrations how many migrations there were, 0 where it does not matter
 * @param name what was measured, such as {@code cpu}
 * @param unit its unit, such as {@code ms}; empty for a count
 * @param median the median of the rounds
 * @param min the smallest
 * @param max the largest
 * @param rounds how many rounds there were
 */
public record Figure(
    String part,
    String database,
    String contestant,
    int migrations,
    String name,
    String unit,
    double median,
    double min,
    double max,
    int rounds) {}
