/** Files that somebody brought for their films: listed, and deleted. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { answered, client, type Schemas } from "@/client/client";

export type Media = Schemas["Media"];

export const filesQuery = queryOptions({ queryKey: ["account", "files"], queryFn: () => answered(client.GET("/api/v1/media")) });

/** What a list of files must be asked for again after. */
export function useFilesChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: filesQuery.queryKey });
}

export const useFileDeletion = () =>
  useMutation({
    mutationFn: (media: string) => answered(client.DELETE("/api/v1/media/{media}", { params: { path: { media } } })),
    onSuccess: useFilesChanged(),
  });
