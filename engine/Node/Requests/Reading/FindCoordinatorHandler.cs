using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>
/// FindCoordinator, versions 0 to 6. There are no coordinators yet: every key gets COORDINATOR_NOT_AVAILABLE,
/// which clients retry and then report.
/// </summary>
public sealed class FindCoordinatorHandler : RequestHandler<FindCoordinatorRequest>
{
    private const short FirstVersionWithList = 4;
    private const string Reason = "this broker has no consumer groups and transactions yet";

    protected override void Handle(Exchange exchange, FindCoordinatorRequest request)
    {
        var response = new FindCoordinatorResponse();
        if (exchange.Version < FirstVersionWithList)
        {
            response.ErrorCode = ErrorCode.CoordinatorNotAvailable;
            response.ErrorMessage = Reason;
            response.NodeId = -1;
            response.Port = -1;
        }
        foreach (var key in request.CoordinatorKeys)
        {
            response.Coordinators.Add(new FindCoordinatorResponseCoordinator
            {
                Key = key,
                NodeId = -1,
                Port = -1,
                ErrorCode = ErrorCode.CoordinatorNotAvailable,
                ErrorMessage = Reason,
            });
        }
        exchange.Respond(response);
    }
}
