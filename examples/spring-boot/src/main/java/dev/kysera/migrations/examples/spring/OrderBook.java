package dev.kysera.migrations.examples.spring;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.springframework.stereotype.Component;

/** Reads its table while it is made, which only works behind the migrations. */
@Component
public class OrderBook {

  private final List<String> customers;

  OrderBook(Jdbi jdbi) {
    this.customers =
        jdbi.withHandle(
            h -> h.createQuery("select customer from orders").mapTo(String.class).list());
  }

  /** The customers at the start. */
  public List<String> customers() {
    return customers;
  }
}
