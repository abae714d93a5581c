/** Sending a file of one's own, with how far it is: what fetch does not tell. */
import { mark } from "@/client/client";
import type { Media } from "@/client/media";
import { Problem, problemOf } from "@/client/problem";

export function upload(file: File, onProgress: (part: number) => void): Promise<Media> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/media?${new URLSearchParams({ name: file.name }).toString()}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", mark());
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => reject(Problem.unreachable());
    request.onload = () => {
      if (request.status === 201) {
        resolve(JSON.parse(request.responseText) as Media);
        return;
      }
      const headers = { "content-type": request.getResponseHeader("content-type") ?? "" };
      problemOf(new Response(request.responseText, { status: request.status, headers })).then(reject, reject);
    };
    request.send(file);
  });
}
