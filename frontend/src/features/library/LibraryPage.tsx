import { useInfiniteQuery } from "@tanstack/react-query";
import { Clapperboard, Film, Heart, Plus, SearchX } from "lucide-react";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { useSession } from "@/client/session";
import { Empty, Fault } from "@/components/states";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { More } from "@/components/ui/more";
import { Skeleton } from "@/components/ui/surface";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs";
import { FilmTile } from "@/features/library/FilmTile";
import { Filters } from "@/features/library/Filters";
import { narrowed, SHELVES, wantedOf, withWish, type Shelf, type Wanted } from "@/features/library/filters";
import { asTold, filmsQuery, useNews } from "@/features/library/queries";

const GRID = "grid grid-cols-2 gap-x-4 gap-y-9 sm:grid-cols-3 sm:gap-x-6 lg:grid-cols-4 xl:grid-cols-5";

export default function LibraryPage() {
  const { t } = useTranslation("library");
  const { account, pending } = useSession();
  const [search, setSearch] = useSearchParams();
  const stranger = account === null;
  const wanted = wantedOf(search, stranger);
  const wish = useCallback(
    (part: Partial<Wanted>) => setSearch((before) => withWish(before, part), { replace: true, preventScrollReset: true }),
    [setSearch],
  );
  return (
    <div className="page grid gap-8 pt-8 pb-20 sm:pt-12">
      <title>{`${t("title")} · AIPROD`}</title>
      <header className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-2">
          <h1 className="title-page">{t(stranger ? "publicTitle" : "title")}</h1>
          <Quota />
        </div>
        <Button asChild>
          <Link to="/create">
            <Plus aria-hidden />
            {t("new")}
          </Link>
        </Button>
      </header>
      {pending ? (
        <Waiting />
      ) : (
        <Tabs value={wanted.shelf} onValueChange={(shelf) => wish({ shelf: shelf as Shelf })} className="grid gap-8">
          <div className="grid gap-4">
            {!stranger && (
              <TabList aria-label={t("shelves")} className="justify-self-start">
                {SHELVES.map((shelf) => (
                  <Tab key={shelf} value={shelf}>
                    {t(`shelf.${shelf}`)}
                  </Tab>
                ))}
              </TabList>
            )}
            <Filters wanted={wanted} onWish={wish} />
          </div>
          <TabPanel value={wanted.shelf} className="outline-none" tabIndex={-1}>
            <h2 className="sr-only">{t(`shelf.${wanted.shelf}`)}</h2>
            <Films wanted={wanted} onWish={wish} />
          </TabPanel>
        </Tabs>
      )}
    </div>
  );
}

function Quota() {
  const { t } = useTranslation("library");
  const { account, spent } = useSession();
  if (account === null) return <p className="text-muted">{t("publicLead")}</p>;
  const { used, limit, at_work } = account.quota;
  return (
    <p className={classes("figures", spent ? "font-semibold text-accent-ink" : "text-muted")}>
      {limit === null ? t("quotaAny", { count: used }) : t(spent ? "quotaSpent" : "quota", { used, limit, count: limit })}
      {at_work > 0 && ` ${t("atWork", { count: at_work })}`}
    </p>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")} className={GRID}>
      {Array.from({ length: 10 }, (_, index) => (
        <div key={index} className="grid gap-3">
          <Skeleton className="aspect-9/16 w-full rounded-card" />
          <Skeleton className="h-5 w-4/5" />
        </div>
      ))}
    </div>
  );
}

function Films({ wanted, onWish }: { wanted: Wanted; onWish: (part: Partial<Wanted>) => void }) {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, refetch } =
    useInfiniteQuery(filmsQuery(wanted));
  const { account } = useSession();
  const listed = data?.pages.flatMap(({ items }) => items);
  const news = useNews(account !== null, isPlaceholderData ? undefined : listed);
  const films = (listed ?? []).map((film) => asTold(film, news.get(film.id)));
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  // What another shelf had says nothing of this one.
  if (isPending || (isPlaceholderData && films.length === 0)) return <Waiting />;
  if (error && !data) return <Fault error={error} onRetry={() => void refetch()} />;
  if (films.length === 0) return <Nothing wanted={wanted} onWish={onWish} />;
  return (
    <div className="grid gap-10" aria-busy={isPlaceholderData}>
      <ul className={classes(GRID, "transition-opacity", isPlaceholderData && "opacity-60")}>
        {films.map((film) => (
          <li key={film.id}>
            <FilmTile film={film} news={news.get(film.id)} />
          </li>
        ))}
      </ul>
      {isFetchNextPageError && <Fault className="py-4" error={error} onRetry={more} />}
      {hasNextPage && !isFetchNextPageError && <More onMore={more} busy={isFetchingNextPage} byItself />}
    </div>
  );
}

function Nothing({ wanted, onWish }: { wanted: Wanted; onWish: (part: Partial<Wanted>) => void }) {
  const { t } = useTranslation("library");
  if (wanted.search || narrowed(wanted)) {
    return (
      <Empty
        icon={<SearchX aria-hidden />}
        title={t("none.found")}
        hint={t("none.foundHint")}
        action={
          <Button look="secondary" onClick={() => onWish({ search: "", status: "", language: "", style: "" })}>
            {t("clear")}
          </Button>
        }
      />
    );
  }
  const icons = { mine: <Clapperboard aria-hidden />, public: <Film aria-hidden />, favourites: <Heart aria-hidden /> };
  return (
    <Empty
      icon={icons[wanted.shelf]}
      title={t(`none.${wanted.shelf}`)}
      hint={t(`none.${wanted.shelf}Hint`)}
      action={
        wanted.shelf === "favourites" ? (
          <Button look="secondary" onClick={() => onWish({ shelf: "public" })}>
            {t("none.look")}
          </Button>
        ) : (
          <Button asChild>
            <Link to="/create">{t("new")}</Link>
          </Button>
        )
      }
    />
  );
}
