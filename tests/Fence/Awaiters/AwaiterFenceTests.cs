using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The first fence: what an EngineTask method may await is a matter of compiling at all.</summary>
public class AwaiterFenceTests
{
    private const string ForeignAwaiter = "CS0315";

    [Theory]
    [InlineData("await System.Threading.Tasks.Task.Delay(1);")]
    [InlineData("await System.Threading.Tasks.Task.Yield();")]
    [InlineData("await System.Threading.Tasks.Task.CompletedTask.ConfigureAwait(false);")]
    [InlineData("await new System.Threading.Tasks.ValueTask<int>(1);")]
    [InlineData("await foreach (var item in System.Linq.AsyncEnumerable.Range(0, 3)) { }")]
    public void An_engine_task_that_awaits_a_foreign_awaiter_does_not_compile(string statement)
    {
        Assert.Equal([ForeignAwaiter], Snippet.Errors(Workflow("EngineTask", statement)));
        Assert.Equal([ForeignAwaiter], Snippet.Errors(Workflow("EngineTask<int>", statement + " return 1;")));
    }

    [Theory]
    [InlineData("await shard.Delay(1);")]
    [InlineData("await Inner(shard);")]
    [InlineData("var sum = await Sum(shard); if (sum > 1) { await Inner(shard); }")]
    public void An_engine_task_awaits_engine_operations_and_engine_tasks(string statement)
    {
        Assert.Empty(Snippet.Errors(Workflow("EngineTask", statement)));
        Assert.Empty(Snippet.Errors(Workflow("EngineTask<int>", statement + " return 1;")));
    }

    private static string Workflow(string returns, string body) =>
        $$"""
        using Testbed.Foundation;

        public static class Planted
        {
            public static async {{returns}} Run(IShard shard) { {{body}} }

            private static async EngineTask Inner(IShard shard) { await shard.Delay(2); }

            private static async EngineTask<int> Sum(IShard shard) { await shard.Delay(2); return 2; }
        }
        """;
}
