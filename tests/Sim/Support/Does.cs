using System;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>A unit of work from a lambda.</summary>
internal sealed class Does(Action<long> action) : IWork
{
    public Does(Action action)
        : this(_ => action())
    {
    }

    public void Run(long token) => action(token);
}
