using System;
using System.Threading.Tasks;

namespace Testbed.Tests.Net;

/// <summary>No test waits for ever.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task<T> Of<T>(Task<T> task) => task.WaitAsync(Limit);

    public static Task Of(Task task) => task.WaitAsync(Limit);
}
