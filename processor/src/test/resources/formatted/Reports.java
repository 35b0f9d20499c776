package formatted;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import java.math.BigDecimal;
import java.sql.*;
import java.util.*;
import java.util.stream.*;
import org.jdbi.v3.core.*;

@SuppressWarnings({"unused", "unchecked"}) @Migration("019_reports") public class Reports implements JdbiMigration {
  sealed interface Kind permits Daily, Monthly {} record Daily(int hour) implements Kind {} record Monthly(int day, boolean last) implements Kind {}

  private static final String VIEW = """
      create or replace view %s as
      select u.id, u.name,
             count(*) filter (where o.state <> 'open') as "closed",
             coalesce(sum(o.total), 0)::numeric(10, 2) as total
        from users u
        left join orders o on o.user_id = u.id and o.note not like '%%\\_%%' escape '\\'
       group by u.id, u.name
      """;

  static String describe(Kind kind) {
    return kind instanceof Daily daily && daily.hour() != 0 ? "at " + daily.hour() : kind instanceof Monthly ? "on a day" : "never";
  }

  @Override public void up(Handle handle) throws SQLException {
    var kinds = new LinkedHashMap<String, Kind>(); kinds.put("daily", new Daily(06)); kinds.put("monthly", new Monthly(1, true));
    kinds.entrySet().stream().sorted(Map.Entry.<String, Kind>comparingByKey().reversed()).map(e -> VIEW.formatted(e.getKey()) + " -- " + describe(e.getValue())).peek(System.out::println).forEachOrdered(sql -> handle.execute(sql));
    Connection connection = handle.getConnection(); boolean before = connection.getAutoCommit();
    try { connection.setAutoCommit(false); try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery("select id, price, rate from prices where currency = 'EUR' and valid_until is null order by id")) { while (rows.next()) { BigDecimal price = rows.getBigDecimal(2).multiply(BigDecimal.valueOf(119, 2)).setScale(2, java.math.RoundingMode.HALF_UP); long id = rows.getLong("id"); if (price.signum() > 0 && id % 2 == 1L) handle.execute("update prices set gross = ? where id = ?", price, id); } } }
    catch (SQLException | IllegalArgumentException e) { connection.rollback(); throw new SQLException("prices: " + e.getMessage(), e); }
    finally { connection.setAutoCommit(before); }
    List<Integer> ids = IntStream.rangeClosed(1, 10).filter(i -> (i & 1) == 0 || i > 7).boxed().collect(Collectors.toList()); Collections.reverse(ids);
  }

  @Override public void down(Handle handle) { for (String name : new String[] {"monthly", "daily"}) handle.execute("drop view if exists " + name); }
}
