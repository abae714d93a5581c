import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router";

import { router } from "@/app/router";
import { createQueryClient } from "@/client/queries";
import { ToastRoom } from "@/components/ui/toast";

export function App() {
  const [queries] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queries}>
      <ToastRoom>
        <RouterProvider router={router} />
      </ToastRoom>
    </QueryClientProvider>
  );
}
