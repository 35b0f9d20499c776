package dev.kysera.migrations.junit;

import java.sql.Types;
import org.h2.api.AggregateFunction;

/** An aggregate of H2, which must be a public class. */
public final class OneAggregate implements AggregateFunction {
  @Override
  public int getType(int[] inputTypes) {
    return Types.INTEGER;
  }

  @Override
  public void add(Object value) {}

  @Override
  public Object getResult() {
    return 1;
  }
}
